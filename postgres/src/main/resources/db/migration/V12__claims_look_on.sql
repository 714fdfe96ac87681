-- A claim that found only lanes with nothing for its worker looks on behind them, and passes many taken keys at less cost.
-- `hold_due_tasks` stays for nodes of the version before.

-- Locks up to `most` due tasks of the given types for the transaction of a worker that is not dead, lane by lane: the first lane is
-- the one after (`after_queue`, `after_lane`), each gets its share of `most`, and within a lane the order is by rank.
-- Paused queues, and queues and keys that have as many running as they may, are passed over whole, however many wait
-- in them. `guarded` says that a limit applies: then the transaction must lease what it got and end at once, for
-- others wait to count. `waited` is how many seconds ago it was due. A row without a task says that the lanes as far as its own had
-- nothing for this worker, and that there may be others behind it.
CREATE FUNCTION hold_next_tasks(worker uuid, types text[], most integer, after_queue text, after_lane bigint)
RETURNS TABLE (
  place tid, guarded boolean, task_id uuid, owner text, type text, params text, attempt integer, failures integer,
  max_retries smallint, timeout_ms bigint, trace_id text, queue text, lane bigint, waited double precision)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  taken_keys CONSTANT integer := 8; -- so many are looked at one by one
  lanes     record;
  known     queues%ROWTYPE;
  at_queue  text   := after_queue;
  at_lane   bigint := after_lane;
  wrapped   boolean := false;
  found_lanes lane_in_turn[] := '{}';
  one       lane_in_turn;
  taken     integer;
  full_lanes bigint[];
  room      integer;
  first_room integer;
  share     integer;
  given     integer := 0;
  got       integer;
BEGIN
  IF NOT EXISTS (SELECT FROM workers w WHERE w.id = worker AND w.ended_at IS NULL) THEN
    RETURN;
  END IF;

  -- Tasks whose time has come get their place in line.
  IF EXISTS (SELECT FROM open_tasks o WHERE o.rank IS NULL AND o.lease_token IS NULL AND o.due_at <= now()) THEN
    UPDATE open_tasks o
       SET rank = rank_in_line(o.due_at, o.priority)
     WHERE o.task_id = ANY (ARRAY (
           SELECT l.task_id FROM open_tasks l
            WHERE l.rank IS NULL AND l.lease_token IS NULL AND l.due_at <= now()
            ORDER BY l.due_at
            LIMIT 1000
              FOR UPDATE SKIP LOCKED));
  END IF;

  -- Which lanes are next.
  WHILE cardinality(found_lanes) < most LOOP
    SELECT o.queue, o.lane, o.concurrency_key INTO lanes
      FROM open_tasks o
     WHERE o.rank IS NOT NULL AND (o.queue, o.lane) > (at_queue, at_lane)
     ORDER BY o.queue, o.lane
     LIMIT 1;
    IF NOT FOUND THEN
      EXIT WHEN wrapped;
      wrapped := true;
      at_queue := '';
      at_lane := 0;
      CONTINUE;
    END IF;
    EXIT WHEN wrapped AND (lanes.queue, lanes.lane) > (after_queue, after_lane);
    at_queue := lanes.queue;
    at_lane := lanes.lane;

    IF known.name IS DISTINCT FROM lanes.queue THEN
      room := NULL;
      taken := 0;
      full_lanes := NULL;
      SELECT * INTO known FROM queues q WHERE q.name = lanes.queue;
      IF NOT FOUND THEN
        known := ROW(lanes.queue, false, NULL, 1, NULL);
      END IF;
      IF known.concurrency_limit IS NOT NULL AND NOT known.paused THEN
        IF pg_try_advisory_xact_lock(1163022929, hashtext(lanes.queue)) THEN
          SELECT known.concurrency_limit - count(*) INTO room
            FROM open_tasks o WHERE o.queue = lanes.queue AND o.lease_token IS NOT NULL;
        ELSE
          room := 0; -- somebody else counts just now
        END IF;
      END IF;
    END IF;
    IF known.paused OR room <= 0 THEN
      at_lane := 9223372036854775807; -- on to the next queue
      CONTINUE;
    END IF;

    one := ROW(lanes.queue, lanes.lane, known.concurrency_limit IS NOT NULL, room, NULL);
    IF lanes.concurrency_key IS NOT NULL THEN
      CONTINUE WHEN lanes.lane = ANY (full_lanes);
      CONTINUE WHEN NOT pg_try_advisory_xact_lock(1163022930, hashint8(lanes.lane));
      SELECT known.key_limit - count(*) INTO one.key_room
        FROM open_tasks o
       WHERE o.queue = lanes.queue AND o.lane = lanes.lane AND o.lease_token IS NOT NULL;
      IF one.key_room <= 0 THEN
        taken := taken + 1;
        IF taken = taken_keys THEN
          full_lanes := ARRAY (
            SELECT o.lane FROM open_tasks o
             WHERE o.queue = lanes.queue AND o.lease_token IS NOT NULL
             GROUP BY o.lane HAVING count(*) >= known.key_limit);
        END IF;
        CONTINUE;
      END IF;
      one.guarded := true;
    END IF;
    found_lanes := found_lanes || one;
  END LOOP;

  -- Each its share.
  share := ceil(most::numeric / greatest(cardinality(found_lanes), 1));
  known := NULL;
  room := NULL;
  FOREACH one IN ARRAY found_lanes LOOP
    IF known.name IS DISTINCT FROM one.queue THEN
      -- The turn may end in the queue in which it began.
      IF known.name = found_lanes[1].queue THEN
        first_room := room;
      END IF;
      room := CASE WHEN known.name IS NOT NULL AND one.queue = found_lanes[1].queue
                   THEN first_room ELSE one.queue_room END;
      known.name := one.queue;
    END IF;
    EXIT WHEN given >= most;
    RETURN QUERY
      SELECT o.ctid, one.guarded, o.task_id, o.owner, o.type, o.params, o.attempt, o.failures, o.max_retries,
             o.timeout_ms, o.trace_id, o.queue, o.lane, date_part('epoch', now() - o.due_at)
        FROM open_tasks o
       WHERE o.rank IS NOT NULL AND o.queue = one.queue AND o.lane = one.lane AND o.type = ANY (types)
         AND (o.expires_at IS NULL OR o.expires_at > now())
       ORDER BY o.rank, o.task_id
       LIMIT least(share, most - given, room, one.key_room)
         FOR UPDATE SKIP LOCKED;
    GET DIAGNOSTICS got = ROW_COUNT;
    given := given + got;
    room := room - got;
  END LOOP;

  IF given = 0 AND most > 0 AND cardinality(found_lanes) = most THEN
    queue := at_queue;
    lane := at_lane;
    RETURN NEXT;
  END IF;
END $$;
