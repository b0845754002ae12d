# Sourced by the commands in bin: builds the application and the server it runs on.

# Builds unless nothing changed since the last build for this device. The integration tests, which
# run in a build, set KVASIR_BUILD=never.
build_if_stale() {
  local device=$1 stamp=liberty-config/target/built-for-$1
  local -a platform=()
  [[ ${KVASIR_BUILD:-} != never ]] || return 0
  if [[ -e $stamp && -e ear/target/kvasir.ear ]] && ! changed_since "$stamp"; then
    return 0
  fi
  [[ $device == cpu ]] || platform=(-Dtensorflow.platform=linux-x86_64-gpu)
  echo "Building Kvasir; the first time downloads some 600 MB and takes minutes. Log in $PWD/$build_log"
  build_for "$device" \
    maven_by_module -pl ear -am package -DskipTests -Dspotless.check.skip "${platform[@]}" ||
    fail "the build failed; its messages stand above and in $PWD/$build_log"
}

# Builds without libraries that an earlier build left; what KVASIR_BUILD says holds here, too.
build_afresh() {
  [[ ${KVASIR_BUILD:-} == never ]] || rm -f liberty-config/target/built-for-*
  build_if_stale "$1"
}

build_log=target/build.log

# Runs Maven; says a line for each module and what goes wrong, the rest goes to the log.
maven_by_module() {
  local line
  mkdir -p "${build_log%/*}"
  mvn -B -ntp -Dstyle.color=never "$@" 2>&1 | tee "$build_log" | while IFS= read -r line; do
    if [[ $line =~ ^\[INFO\]\ Building\ (.*)\ [^\ ]+\ +(\[[0-9]+/[0-9]+\])$ ]]; then
      echo "  ${BASH_REMATCH[2]} ${BASH_REMATCH[1]}"
    elif [[ $line == '[ERROR]'* ]]; then
      echo "$line" >&2
    fi
  done
}

# Runs a build command for a device, and notes from when its sources are.
build_for() {
  local stamp=liberty-config/target/built-for-$1
  shift
  if [[ ! -e $stamp ]]; then
    # Libraries of another device must not stay beside those of this one.
    rm -rf liberty-config/target/built-for-* \
      liberty-config/target/liberty/wlp/usr/servers/kvasir/lib
  fi
  mkdir -p liberty-config/target
  touch "$stamp.started"
  "$@" || return
  mv "$stamp.started" "$stamp"
}

# Whether a source file of what is deployed is newer than the stamp.
changed_since() {
  local newer
  newer=$(find pom.xml inference-jca ejb-cache web-api admin-console liberty-config ear \
    -name target -prune -o -path '*/src/test' -prune -o \
    \( -type f -o -path '*/src/*' \) -newer "$1" -print -quit)
  [[ -n $newer ]]
}
