#!/usr/bin/env bash
# Signs one request to WalletSync with openssl and sends it with curl.
#
#   WALLETSYNC_KEY_ID=... WALLETSYNC_KEY_SECRET=... sign.sh METHOD TARGET [BODY [IDEMPOTENCY_KEY]]
#
# TARGET is path and query as they go over the wire, already percent-encoded. WALLETSYNC_URL says
# where the server is (http://127.0.0.1:8080 if unset). With DRY_RUN=1 the headers are printed and
# nothing is sent. docs/authentication.md explains every step.
#
# openssl takes the secret as an argument, which other users of the machine may see while it runs:
# use this to try things out, and a library in your programs.
set -euo pipefail

if [[ $# -lt 2 || $# -gt 4 ]]; then
  echo "usage: $0 METHOD TARGET [BODY [IDEMPOTENCY_KEY]]" >&2
  exit 2
fi
: "${WALLETSYNC_KEY_ID:?the key_id of your API key}"
: "${WALLETSYNC_KEY_SECRET:?the secret of your API key, in base64}"
url=${WALLETSYNC_URL:-http://127.0.0.1:8080}
method=$1 target=$2 body=${3:-} idempotency_key=${4:-}

# What is covered: the names go into "components", a line for each into "base".
components='"@method" "@path"'
base="\"@method\": $method"$'\n'"\"@path\": ${target%%\?*}"$'\n'
headers=()

if [[ $target == *\?* ]]; then
  components+=' "@query"'
  base+="\"@query\": ?${target#*\?}"$'\n'
fi
if [[ -n $body ]]; then
  digest="sha-256=:$(printf '%s' "$body" | openssl dgst -sha256 -binary | openssl base64 -A):"
  components+=' "content-digest"'
  base+="\"content-digest\": $digest"$'\n'
  headers+=("Content-Type: application/json" "Content-Digest: $digest")
fi
if [[ -n $idempotency_key ]]; then
  components+=' "idempotency-key"'
  base+="\"idempotency-key\": \"$idempotency_key\""$'\n'
  headers+=("Idempotency-Key: \"$idempotency_key\"")
fi

# The parameters are the last line of the base. The nonce works once: sign every attempt anew.
parameters="($components);created=$(date +%s);keyid=\"$WALLETSYNC_KEY_ID\";nonce=\"$(openssl rand -hex 16)\""
base+="\"@signature-params\": $parameters"

# The HMAC key is the decoded secret, which openssl wants in hexadecimal.
hexkey=$(printf '%s' "$WALLETSYNC_KEY_SECRET" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$(printf '%s' "$base" \
  | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hexkey" -binary | openssl base64 -A)
headers+=("Signature-Input: sig1=$parameters" "Signature: sig1=:$signature:")

if [[ ${DRY_RUN:-} == 1 ]]; then
  printf '%s\n' "${headers[@]}"
  exit
fi

curl=(curl --silent --show-error --globoff --path-as-is --request "$method")
if [[ $method == HEAD ]]; then
  curl=(curl --silent --show-error --globoff --path-as-is --head)
fi
for header in "${headers[@]}"; do
  curl+=(--header "$header")
done
if [[ -n $body ]]; then
  curl+=(--data-raw "$body")
fi
exec "${curl[@]}" "$url$target"
