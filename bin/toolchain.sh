# Sourced by the commands in bin: makes sure of a JDK 17 or newer and of Maven.
# On Debian and Ubuntu root gets them from apt; anyone else is told what to type.

fail() {
  printf 'kvasir: %s\n' "$*" >&2
  exit 1
}

# A path as whoever called means it; that folder is in $caller.
absolute_path() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$caller" "$1" ;;
  esac
}

# The feature version of the javac on the path, or 0.
jdk_version() {
  local version
  version=$(javac -version 2>/dev/null) || { echo 0; return; }
  version=${version#javac }
  version=${version#1.}
  echo "${version%%[!0-9]*}"
}

# Installs Debian packages, or says how to.
install_packages() {
  local what=$1
  shift
  if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    printf 'kvasir: installing %s\n' "$*" >&2
    apt-get install -y -qq "$@" >/dev/null 2>&1 ||
      { apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq "$@" >/dev/null 2>&1; } ||
      fail "$what missing, and apt-get could not install: $*"
  else
    fail "$what missing; type: sudo apt-get install $*"
  fi
}

# Makes sure of an NVIDIA GPU whose driver is there.
require_gpu() {
  [[ -e /dev/nvidiactl || -e /dev/dxg ]] ||
    fail "--gpu needs an NVIDIA GPU and its driver, but there is none here; leave --gpu out to run on the CPU"
}

require_toolchain() {
  if [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/javac ]]; then
    PATH=$JAVA_HOME/bin:$PATH
  fi
  if (($(jdk_version) < 17)); then
    install_packages 'a JDK 17 or newer is' openjdk-17-jdk-headless
  fi
  command -v mvn >/dev/null || install_packages 'Maven is' maven
}
