# Sourced by the commands in bin: builds the application and the server it runs on.

# Builds unless nothing changed since the last build for this device. The integration tests, which
# run in a build, set KVASIR_BUILD=never.
build_if_stale() {
  [[ ${KVASIR_BUILD:-} != never ]] || return 0
  local device=$1 stamp=liberty-config/target/built-for-$1
  local -a platform=()
  [[ $device == cpu ]] || platform=(-Dtensorflow.platform=linux-x86_64-gpu)
  if [[ -e $stamp && -e ear/target/kvasir.ear ]] && ! changed_since "$stamp"; then
    return
  fi
  echo 'Building Kvasir; the first time downloads some 600 MB and takes minutes.'
  # Libraries of another device must not stay beside those of this one.
  rm -rf liberty-config/target/built-for-* liberty-config/target/liberty/wlp/usr/servers/kvasir/lib
  mkdir -p liberty-config/target
  touch "$stamp.started"
  mvn -q -B -ntp -pl ear -am package -DskipTests -Dspotless.check.skip "${platform[@]}" ||
    fail 'the build failed; its messages stand above'
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
