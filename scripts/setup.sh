#!/usr/bin/env bash
# Installs what building (or testing) needs: system libraries by apt, Python packages from the lock file into .venv.
# Usage: scripts/setup.sh build|test. Asks apt only for what is missing; without root it says which line to run.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:?usage: scripts/setup.sh build|test}
python=${PYTHON:-python3}

packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig)
if [ "$purpose" = test ]; then
  packages+=(poppler-utils faketime chromium openjdk-17-jre-headless libjaxb-java libreoffice-impress-nogui libreoffice-writer-nogui)
fi
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "These system packages are missing. Run this line as root, then try again:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends -y ${missing[*]}" >&2
    exit 2
  fi
  echo "Installing system packages: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install --no-install-recommends -y -qq "${missing[@]}" >/dev/null
fi

command -v "$python" >/dev/null || { echo "Python 3.11 or newer is needed; '$python' was not found." >&2; exit 2; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  { echo "Python 3.11 or newer is needed; '$python' is $("$python" -V)." >&2; exit 2; }

[ -x .venv/bin/python ] || "$python" -m venv .venv
lock=requirements.lock
[ "$purpose" = test ] && lock=requirements-test.lock
echo "Installing Python packages from $lock"
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
touch .venv/ready
[ "$purpose" = test ] && touch .venv/ready-for-tests
exit 0
