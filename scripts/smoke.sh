#!/usr/bin/env bash
# Tries the native API of a running server with curl, and checks each answer.
# Talks to ERRAND_URL with ERRAND_TOKEN, otherwise to the server that runs on the data directory.
# SMOKE_URL names a page to fetch; without it only the refusal of a private address is tried.
set -u

project=$(cd "$(dirname "$0")/.." && pwd)
docs=$project/docs
# Where the data is, the launcher knows; asked only where it matters.
data=
[ -n "${ERRAND_URL:-}" ] || data=$("$project/errand" config | sed -n 's/^ERRAND_DATA_DIR=\(.*\)  (.*)$/\1/p')
url=${ERRAND_URL:-$(sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p' "$data/server.json" 2>/dev/null)}
token=${ERRAND_TOKEN:-$(cat "$data/token" 2>/dev/null)}
passed=0 failed=0 status='' body='' answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

if [ -z "$url" ]; then
  echo "No server runs on $data. Start one with ./errand serve, or set ERRAND_URL and ERRAND_TOKEN." >&2
  exit 3
fi

# call METHOD PATH [JSON] [CURL OPTION…]: leaves the answer in $status and $body.
call() {
  local method=$1 path=$2 json=${3:-}
  shift $(($# < 3 ? $# : 3))
  status=$(curl -sS -m 60 -o "$answer" -w '%{http_code}' -X "$method" "$url$path" \
    -H "Authorization: Bearer $token" ${json:+-H 'Content-Type: application/json' -d "$json"} "$@") ||
    { echo "No server answers at $url." >&2; exit 3; }
  body=$(tr -d '\0' <"$answer")
}

# check WHAT CONDITION…: counts whether the condition holds.
check() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok    $what"
  else
    failed=$((failed + 1))
    printf 'WRONG %s\n      %s %s\n' "$what" "$status" "${body:0:400}"
  fi
}

answered() { [ "$status" = "$1" ] && says "${2:-}"; }
says() { [[ $body == *"$1"* ]]; }
# The first value of a field that holds text.
field_of() { grep -o "\"$1\" *: *\"[^\"]*\"" <<<"$body" | head -n 1 | sed 's/.*"\([^"]*\)"$/\1/'; }
# Looks at the first status: the task's own, which comes before those of its steps.
is_now() { [[ $(field_of status) =~ ^($1)$ ]]; }

submit() { # PATH JSON: submits, and leaves the task's id in $task
  call POST "$1" "$2"
  task=$(field_of id)
}

wait_for() { # STATUS[|STATUS…]: asks for the task until it has one of them, a minute at most
  for _ in $(seq 300); do
    call GET "/tasks/$task"
    is_now "$1" && return
    is_now 'completed|failed|cancelled' && return 1
    sleep 0.2
  done
  return 1
}

call GET /health
check "health answers" answered 200
call GET /limits
check "limits are told" answered 200 task_max_runtime_seconds
token=wrong call GET /tasks
check "a wrong token is refused" answered 401 unauthorized

submit /tasks '{"type":"echo","params":{"msg":"hällo"},"timeout_seconds":300,"max_retries":0}'
check "an echo task is accepted" answered 202 '"id"'
check "it completes" wait_for completed
check "its result is what was sent" says hällo
call GET "/tasks/$task/events" "" -H 'Accept: application/json'
check "its events are listed" answered 200 '"completed"'
call GET "/tasks/$task/events" "" -H 'Accept: text/event-stream'
check "its events are streamed" answered 200 'event: completed'
call GET "/tasks/$task/events" "" -H 'Accept: text/event-stream' -H 'Last-Event-ID: 1'
check "a stream goes on after the last event" says 'event: completed'
call GET "/tasks/$task/attempts"
check "its attempt is listed" answered 200 '"worker"'
call GET "/tasks/$task/log"
check "its log is there" answered 200
call GET '/tasks?limit=5'
check "it is in the list" says "$task"
call POST "/tasks/$task/cancel" '{}'
check "an ended task cannot be cancelled" answered 409

submit /tasks '{"type":"sleep","params":{"seconds":30}}'
check "a sleep task runs" wait_for running
call POST "/tasks/$task/cancel" '{}'
check "it is asked to stop" [ "$status" -lt 300 ]
check "it is cancelled" wait_for cancelled
call POST "/tasks/$task/retry" '{}'
check "a cancelled task can be retried" [ "$status" -lt 300 ]
call POST "/tasks/$task/cancel" '{}'
check "and is cancelled again" wait_for cancelled

key=smoke-$$-$RANDOM
call POST /tasks '{"type":"echo","params":{"n":1}}' -H "Idempotency-Key: $key"
first=$(field_of id)
call POST /tasks '{"type":"echo","params":{"n":1}}' -H "Idempotency-Key: $key"
check "the same key and task give the same task" says "$first"
call POST /tasks '{"type":"echo","params":{"n":2}}' -H "Idempotency-Key: $key"
check "the same key with another task is refused" answered 409 idempotency_key_reused

submit /tasks '{"type":"no_such_type","params":{}}'
check "an unknown type is refused" answered 422 task_rejected_invalid_params
call POST /tasks '{"type":'
check "broken JSON is refused" answered 400
call GET /tasks/01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f
check "an unknown task is not found" answered 404 task_not_found

submit /tasks '{"type":"echo","params":{"msg":"with an artifact"}}'
call POST /artifacts "{\"task_id\":\"$task\",\"type\":\"log\",\"content_type\":\"text/plain\",\"data_base64\":\"SGVsbG8gd29ybGQ=\"}"
check "an artifact is stored" answered 201 '"id"'
artifact=$(field_of id)
call GET "/artifacts/$artifact"
check "it comes back byte for byte" [ "$body" = "Hello world" ]
call GET "/artifacts/$artifact/meta"
check "its checksum is right" says 64ec88ca00b268e5ba1a35678a1b5316d212f4f366b2477232534a8aeca37f3c

submit /fetch '{"url":"http://127.0.0.1:1/","reader_mode":true,"store_raw_html":false}'
refused_or_failed() { [ "$status" = 422 ] || wait_for failed; }
check "a private address is not fetched" refused_or_failed
if [ -n "${SMOKE_URL:-}" ]; then
  submit /fetch "{\"url\":\"$SMOKE_URL\",\"reader_mode\":true,\"store_raw_html\":true}"
  check "a page is fetched" wait_for completed
  check "its text is stored" says artifact_ids
fi

submit /research "{\"prompt\":\"What does the command watch do?\",\"docs\":[\"$docs\"]}"
check "a research task is accepted" answered 202
check "it completes" wait_for completed
check "it has stored its report" says artifact_ids

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
