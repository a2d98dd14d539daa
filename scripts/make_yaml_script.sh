#!/usr/bin/env bash
# Makes kit_builder/editing/browser/yaml.js from the npm package `yaml` (ISC licence), which reads and writes YAML with its
# comments: one plain script, which also runs where the form is opened from a folder. Needs Node; only for a new version.
set -euo pipefail
cd "$(dirname "$0")/.."
yaml=2.9.1 esbuild=0.28.2
target=$PWD/kit_builder/editing/browser/yaml.js
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "yaml@$yaml" "esbuild@$esbuild"
echo 'export { parseDocument, Document, Pair, Scalar, YAMLMap, YAMLSeq, isAlias, isPair, isScalar, isSeq, visit } from "yaml";' >entry.js
{
  echo "/*! yaml $yaml, https://github.com/eemeli/yaml, ISC licence; made by scripts/make_yaml_script.sh"
  sed 's/^/ * /; s/ *$//' node_modules/yaml/LICENSE
  echo " */"
  npx esbuild entry.js --bundle --minify --format=iife --global-name=YAML --platform=browser --legal-comments=none
} >"$target"
