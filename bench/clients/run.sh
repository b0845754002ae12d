#!/usr/bin/env bash
# Tries Python's and npm's OpenAI clients against a running node, each as far as it can be had here.
# Called as: bench/clients/run.sh API_KEY [BASE_URL]; what it installs lies under bench/clients/installed. Not a part of product or tests: those use OpenAI's client for Java.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly PYTHON_CLIENT=openai==3.51.0
readonly NPM_CLIENT=openai@7.55.0
export KVASIR_API_KEY=${1:?the key of the tenant default; bin/run says where it is}
export KVASIR_BASE_URL=${2:-http://127.0.0.1:9080/v1}

try_python() {
  command -v python3 > /dev/null || { echo "python: left out, no python3 here"; return; }
  if [[ ! -e installed/python/complete ]]; then
    python3 -m venv --clear installed/python
    installed/python/bin/pip install --quiet "$PYTHON_CLIENT"
    touch installed/python/complete
  fi
  installed/python/bin/python try_openai.py
}

try_npm() {
  command -v npm > /dev/null || { echo "npm: left out, no npm here"; return; }
  if [[ ! -e installed/npm/complete ]]; then
    mkdir -p installed/npm
    npm install --silent --no-audit --no-fund --prefix installed/npm "$NPM_CLIENT"
    touch installed/npm/complete
  fi
  cp try_openai.mjs installed/npm/
  node installed/npm/try_openai.mjs
}

failed=0
try_python || { echo "python: FAILED"; failed=1; }
try_npm || { echo "npm: FAILED"; failed=1; }
exit $failed
