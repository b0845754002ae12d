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
  echo 'Building Kvasir; the first time downloads some 600 MB and takes minutes.'
  build_for "$device" \
    mvn -q -B -ntp -pl ear -am package -DskipTests -Dspotless.check.skip "${platform[@]}" ||
    fail 'the build failed; its messages stand above'
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
