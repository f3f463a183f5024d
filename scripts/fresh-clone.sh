#!/usr/bin/env bash
# Shows what a newcomer sees: clones this repository into an empty folder with empty caches and a home of its own, runs
# `npm start` until its page answers, stops it, then runs `npm test`. Prints how long each took.
#   bash scripts/fresh-clone.sh [node-binary-folder]      for example the bin folder of a Node 20
set -euo pipefail
source_repository="$(cd "$(dirname "$0")/.." && pwd)"
folder="$(mktemp -d)"
server=''
stop() {
  if [ -n "$server" ]; then kill -TERM -- "-$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=''; fi
}
trap 'stop; rm -rf "$folder"' EXIT

settings="$HOME/.npmrc" # how this machine reaches its package registry comes along; nothing else does
mkdir -p "$folder/home"
[ ! -e "$settings" ] || ln -s "$settings" "$folder/home/.npmrc"
export HOME="$folder/home" XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache"
export npm_config_cache="$folder/npm" PORT="${PORT:-3917}"
export PATH="${1:+$1:}/usr/local/bin:/usr/bin:/bin"
git clone -q "$source_repository" "$folder/auronx"
cd "$folder/auronx"
echo "Node $(node --version), npm $(npm --version), empty caches"

started=$SECONDS
set -m
npm start >"$folder/start.log" 2>&1 &
server=$!
set +m
url=''
for _ in $(seq 1 300); do
  url="$(grep -oE 'https?://(127\.0\.0\.1|localhost|\[::1\])[^[:space:]]*' "$folder/start.log" | head -n 1 || true)"
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/start.log"; echo 'npm start ended by itself'; exit 1; }
  sleep 1
done
[ -n "$url" ] || { cat "$folder/start.log"; echo 'npm start printed no URL in five minutes'; exit 1; }
printed="$(grep -oE 'https?://[^[:space:]]+' "$folder/start.log" | sort -u | wc -l)"
# The link is good once: it hands out a cookie and leads to the page.
status="$(node -e '
  const link = new URL(process.argv[1])
  fetch(link, { redirect: "manual" }).then(async (opened) => {
    const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0]
    const page = await fetch(new URL(opened.headers.get("location") ?? "/", link), { headers: { cookie } })
    console.log(page.status)
  })' "$url")"
echo "npm start: $((SECONDS - started)) s to $printed URL(s); it answers $status"
stop
[ "$printed" = 1 ] || { cat "$folder/start.log"; echo 'npm start must print exactly one URL'; exit 1; }
[ "$status" = 200 ] || { echo 'the page must answer 200'; exit 1; }

started=$SECONDS
npm test || { echo "npm test failed after $((SECONDS - started)) s"; exit 1; }
echo "npm test: $((SECONDS - started)) s, install of the test tools included"
