#!/usr/bin/env bash
# Tries the native API and the doors for those who come from other systems with curl, checks each
# answer, and plays what their front ends do: create, poll with their own pauses, use the result.
#
# Talks to ERRAND_URL with ERRAND_TOKEN, otherwise to the server that runs on the data directory.
# Where none runs, it starts one of its own with a language model that only pretends, and stops it.
# SMOKE_URL names a page to fetch; without it only the refusal of a private address is tried.
set -u

project=$(cd "$(dirname "$0")/.." && pwd)
docs=$project/docs
work=$(mktemp -d)
answer=$work/answer
children=()
stop() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null && wait "$child" 2>/dev/null; done
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 5' INT TERM

# Where the data is, the launcher knows; asked only where it matters.
data=
[ -n "${ERRAND_URL:-}" ] || data=$("$project/errand" config | sed -n 's/^ERRAND_DATA_DIR=\(.*\)  (.*)$/\1/p')
served_at() { sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p' "$1/server.json" 2>/dev/null; }

# Waits until the command prints something, two minutes at most, and leaves that in $printed.
wait_until_printed() {
  for _ in $(seq 600); do
    printed=$("$@" 2>/dev/null)
    [ -n "$printed" ] && return
    sleep 0.2
  done
  return 1
}

start_own() {
  echo "No server runs on $data; starting one with a pretended language model."
  data=$work/data
  "$project/errand" fake-model 0 >"$work/model" &
  children+=($!)
  wait_until_printed head -n 1 "$work/model" || { echo "The pretended model does not start." >&2; exit 6; }
  ERRAND_DATA_DIR=$data ERRAND_PORT=0 LLM_PROVIDER=openai LLM_MODEL=pretended LLM_API_KEY=fake-model-key \
    LLM_BASE_URL=$printed "$project/errand" serve >"$work/log" 2>&1 &
  children+=($!)
  wait_until_printed served_at "$data" || { echo "The server does not start:" >&2; cat "$work/log" >&2; exit 6; }
}

url=${ERRAND_URL:-$(served_at "$data")}
if [ -z "$url" ]; then
  start_own
  url=$(served_at "$data")
fi
token=${ERRAND_TOKEN:-$(cat "$data/token" 2>/dev/null)}
status='' body='' section='' rows=() passed=0 failed=0 skipped=0

# call METHOD PATH [JSON] [CURL OPTION…]: leaves the answer in $status and $body.
call() {
  local method=$1 path=$2 json=${3:-}
  shift $(($# < 3 ? $# : 3))
  status=$(curl -sS -m 300 -o "$answer" -w '%{http_code}' -X "$method" "$url$path" \
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

# Whether what was just asked for is not to be had here; counts it.
lacks() { # WHAT
  if [ "$status" = 404 ] && says not_found || { [ "$status" = 422 ] && says LLM_PROVIDER; }; then
    skipped=$((skipped + 1))
    echo "skip  $1"
    return 0
  fi
  return 1
}

# begin NAME: what follows is counted under this name.
begin() {
  tally
  section=$1
  printf '\n%s\n' "$section"
}
tally() {
  [ -z "$section" ] || rows+=("$(printf '%-32s %6d %6d %6d' "$section" "$passed" "$failed" "$skipped")")
  all_failed=$((${all_failed:-0} + failed))
  passed=0 failed=0 skipped=0
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

# poll PATH STATUS: asks as the front ends do, first after 1.5 s and then 1.5 times as long, 30 s at
# most and 20 times at most, until the answer has the status.
poll() {
  local attempt pause
  for attempt in $(seq 20); do
    pause=$(awk -v n="$attempt" 'BEGIN { d = 1.5 ^ n; print (d > 30 ? 30 : d) }')
    sleep "$pause"
    call GET "$1"
    is_now "$2" && return
    is_now 'failed|cancelled|FAILURE|REVOKED' && return 1
  done
  return 1
}

begin "Native API (seed 001)"
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

call POST /search '{"query":"open source task runner","sources":["brave"],"recency_days":7}'
lacks "search" || check "a search is accepted, or its provider is missing" [ "$status" = 202 ] || [ "$status" = 422 ]
call POST /search/batch '{"queries":["task runner open source","queue worker redis"],"sources":["brave"],"recency_days":7}'
lacks "search in batches" || check "a batch search is accepted, or its provider is missing" [ "$status" = 202 ] || [ "$status" = 422 ]

begin "One-time research (seed 000)"
call POST /api/one-time-researches "{\"prompt\":\"What does the command watch do?\",\"docs\":[\"$docs\"]}"
check "a research is accepted as queued" answered 202 '"status":"queued"'
check "the record has the seed's fields" says '"cloud_task_name"'
research=$(field_of id)
check "it is polled until it completes" poll "/api/one-time-researches/$research" completed
check "its log has an address" says '"output_log_url":"http'
call GET /api/one-time-researches
check "it is in the list" says "$research"
call GET /api/one-time-researches/01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f
check "an unknown research is not found" answered 404
token=wrong call POST "/api/internal/run-one-time-research/$research" '{}'
check "the queue's call needs its own token" answered 401

begin "Infinite research (seed 000)"
call POST /api/infinite-researches '{"prompt":"What is new?","cron":"0 6 * * *","time_zone":"Europe/Berlin"}'
check "an infinite research is created" answered 201 '"enabled":true'
infinite=$(field_of id)
call PATCH "/api/infinite-researches/$infinite" '{"enabled":false}'
check "it can be switched off" answered 200 '"enabled":false'
call POST "/schedules/$infinite/trigger" '{}'
call GET "/api/infinite-researches/$infinite/executions"
check "its executions are listed" answered 200 '"infinite_research_id"'
call DELETE "/api/infinite-researches/$infinite"
check "it can be deleted" answered 204

begin "Blog generation (seed 002)"
blog='{"topic":"Best Presents for Christmas 2025 for Teenagers","keywords":["christmas gifts for teenagers"],"use_google_search":true}'
call POST '/api/v1/blog/generate-enhanced?async_mode=true' "$blog"
if ! lacks "blog generation: no language model is configured"; then
  check "an asynchronous job is accepted" answered 202 'Blog generation job queued successfully'
  job=$(field_of job_id)
  check "it is polled until it completes" poll "/api/v1/blog/jobs/$job" completed
  check "it is at 100 percent" says '"progress_percentage":100.0'
  check "its result is the post" says '"meta_description"'
  call POST /api/v1/blog/generate-enhanced "$blog"
  check "a synchronous call answers with the post" answered 200 '"meta_description"'
  call GET '/api/v1/blog/jobs?limit=5'
  check "jobs are listed" says "$job"
  call POST /api/v1/blog/batch '{"blogs":[{"topic":"One"},{"topic":"Two"}]}'
  check "several are accepted at once" answered 202 '"job_ids"'
fi
call POST /api/v1/blog/generate-enhanced '{"topic":"Tea","dry_run":true}'
check "a dry run shows what would be asked" answered 200 '"estimated_tokens"'
call POST /api/v1/blog/generate-enhanced '{"topic":""}'
check "a post about nothing is refused" answered 422 '/topic'
token=wrong call POST /api/v1/blog/worker '{"job_id":"x"}'
check "the worker's door needs its own token" answered 401

begin "Research status (seed 003)"
call POST /api/research/start "{\"prompt\":\"What does the command watch do?\",\"docs\":[\"$docs\"]}"
check "a research is started" answered 202 '"job_id"'
research=$(field_of job_id)
check "it is polled until SUCCESS" poll "/api/research/status/$research" SUCCESS
check "it says that it completed" says 'Task completed successfully.'
link=$(field_of result_link)
call GET "/artifacts/${link##*/}"
check "its result link leads to the report" answered 200 '# '
call GET /api/research/status/unknown
check "an unknown job is not found" answered 404
token=wrong call GET "/api/research/status/$research"
check "without a token nothing is told" answered 401

begin "Jobs (seed 004)"
call POST '/api/jobs?action=create' '{"type":"GENERATE_MEDIA_PLAN","payload":{"objective":"Grow","keywords":["tea"],"settings":{"maxPosts":3}}}'
if ! lacks "generation: no language model is configured"; then
  check "a job is accepted" answered 202 '"taskId"'
  job=$(field_of taskId)
  check "it is polled until it completes" poll "/api/jobs?action=status&taskId=$job" completed
  check "its result names the plan" says '"mediaPlanGroupId"'
  for type in GENERATE_BRAND_KIT AUTO_GENERATE_PERSONAS; do
    call POST '/api/jobs?action=create' "{\"type\":\"$type\",\"payload\":{\"brand\":\"Tea & Co\"},\"priority\":\"high\"}"
    other=$(field_of taskId)
    check "$type is done" poll "/api/jobs?action=status&taskId=$other" completed
  done
  call POST '/api/jobs?action=status' "{\"taskIds\":[\"$job\",\"$other\",\"unknown\"]}"
  check "several are asked for at once" answered 200 '"notFound":["unknown"]'
fi
call POST '/api/jobs?action=destroy' '{}'
check "an unknown action is refused" answered 400
call POST '/api/jobs?action=process' '{"taskId":"x"}'
check "a message that QStash did not sign is refused" answered 401

tally
printf '\n%-32s %6s %6s %6s\n' "" passed failed skipped
printf '%s\n' "${rows[@]}"
[ "$all_failed" = 0 ]
