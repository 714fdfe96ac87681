-- A claim costs the same however many concurrency keys are taken and however many tasks before it have ended just now, and it looks
-- on where it found a lane of other types only.
DROP FUNCTION hold_due_tasks;
DROP TYPE lane_in_turn;

-- A lane and how much of it may be claimed. queue_room: how many more of its queue may run, absent without a limit; key_room
-- likewise. Behind (`next_queue`, `next_lane`) the next claim goes on when this one ended here.
CREATE TYPE lane_in_turn AS (queue text COLLATE "C", lane bigint, guarded boolean, queue_room integer, key_room integer,
                             next_queue text COLLATE "C", next_lane bigint);

-- Locks up to `most` due tasks of the given types for the transaction of a worker that is not dead, lane by lane: the first lane is
-- the one after (`after_queue`, `after_lane`), each gets its share of `most`, and within a lane the order is by rank.
-- Paused queues, and queues and keys that have as many running as they may, are passed over whole, however many wait
-- in them. Whoever has passed several taken keys and found nothing goes on where it was served last, in the lane
-- (`served_queue`, `served_lane`), if no limit applies there: what a claim costs must not grow with the number of taken keys.
-- With `served_from`, that lane is only looked at from there (seconds of Unix time, as in `stands_at`): until they are vacuumed, a
-- claim passes all the tasks that have ended, and those that others hold, too.
-- `guarded` says that a limit applies: then the transaction must lease what it got and end at once, for others wait to count.
-- `waited` is how many seconds ago it was due. When this row is the last one, the next claim looks behind (`next_queue`, `next_lane`).
CREATE FUNCTION hold_due_tasks(worker uuid, types text[], most integer, after_queue text, after_lane bigint,
                               served_queue text, served_lane bigint, served_from double precision)
RETURNS TABLE (
  place tid, guarded boolean, task_id uuid, owner text, type text, params text, attempt integer, failures integer,
  max_retries smallint, timeout_ms bigint, trace_id text, queue text, lane bigint, waited double precision,
  stands_at double precision, next_queue text, next_lane bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  patience  CONSTANT integer := 2;
  served_rank timestamptz := to_timestamp(served_from);
  lanes     record;
  hit       boolean;
  known     queues%ROWTYPE;
  at_queue  text    := after_queue;
  at_lane   bigint  := after_lane;
  wrapped   boolean := false;
  seen_all  boolean := false;
  in_vain   integer := 0; -- lanes passed whose key is taken
  found_lanes lane_in_turn[];
  one       lane_in_turn;
  room      integer;
  first_room integer;
  share     integer;
  given     integer := 0;
  got       integer;
  from_rank timestamptz;
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

  -- As long as the lanes found have only tasks that others hold, or of other types, there may be further ones.
  WHILE given = 0 AND NOT seen_all LOOP

    -- Which lanes are next.
    found_lanes := '{}';
    known := NULL;
    WHILE cardinality(found_lanes) < most LOOP
      IF in_vain = patience AND cardinality(found_lanes) = 0 THEN
        in_vain := in_vain + 1;
        found_lanes := ARRAY (
          SELECT ROW(o.queue, o.lane, false, NULL, NULL, NULL, NULL)::lane_in_turn
            FROM open_tasks o LEFT JOIN queues q ON q.name = o.queue
           WHERE o.rank >= coalesce(served_rank, '-infinity') AND o.queue = served_queue AND o.lane = served_lane
             AND o.concurrency_key IS NULL
             AND q.paused IS NOT TRUE AND q.concurrency_limit IS NULL
           LIMIT 1);
      END IF;
      EXIT WHEN in_vain >= patience AND cardinality(found_lanes) > 0;

      hit := false;
      IF served_rank IS NOT NULL AND (served_queue, served_lane) > (at_queue, at_lane) THEN
        SELECT o.queue, o.lane, o.concurrency_key INTO lanes
          FROM open_tasks o
         WHERE o.rank IS NOT NULL
           AND (o.queue, o.lane) > (at_queue, at_lane) AND (o.queue, o.lane) < (served_queue, served_lane)
         ORDER BY o.queue, o.lane
         LIMIT 1;
        IF NOT FOUND THEN
          SELECT o.queue, o.lane, o.concurrency_key INTO lanes
            FROM open_tasks o
           WHERE o.rank >= served_rank AND o.queue = served_queue AND o.lane = served_lane
           LIMIT 1;
        END IF;
        hit := FOUND;
      END IF;
      IF NOT hit THEN
        SELECT o.queue, o.lane, o.concurrency_key INTO lanes
          FROM open_tasks o
         WHERE o.rank IS NOT NULL AND (o.queue, o.lane) > (at_queue, at_lane)
         ORDER BY o.queue, o.lane
         LIMIT 1;
        hit := FOUND;
      END IF;
      IF NOT hit THEN
        seen_all := wrapped;
        EXIT WHEN seen_all;
        wrapped := true;
        at_queue := '';
        at_lane := 0;
        CONTINUE;
      END IF;
      seen_all := wrapped AND (lanes.queue, lanes.lane) > (after_queue, after_lane);
      EXIT WHEN seen_all;
      at_queue := lanes.queue;
      at_lane := lanes.lane;

      IF known.name IS DISTINCT FROM lanes.queue THEN
        room := NULL;
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

      one := ROW(lanes.queue, lanes.lane, known.concurrency_limit IS NOT NULL, room, NULL, lanes.queue, lanes.lane);
      IF lanes.concurrency_key IS NOT NULL THEN
        in_vain := in_vain + 1;
        CONTINUE WHEN NOT pg_try_advisory_xact_lock(1163022930, hashint8(lanes.lane));
        SELECT known.key_limit - count(*) INTO one.key_room
          FROM open_tasks o
         WHERE o.queue = lanes.queue AND o.lane = lanes.lane AND o.lease_token IS NOT NULL;
        CONTINUE WHEN one.key_room <= 0;
        in_vain := in_vain - 1;
        one.guarded := true;
      END IF;
      found_lanes := found_lanes || one;
    END LOOP;
    EXIT WHEN cardinality(found_lanes) = 0;
    found_lanes[cardinality(found_lanes)].next_queue := at_queue;
    found_lanes[cardinality(found_lanes)].next_lane := at_lane;

    -- Each its share.
    share := ceil(most::numeric / cardinality(found_lanes));
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
      from_rank := CASE WHEN one.queue = served_queue AND one.lane = served_lane THEN served_rank END;
      from_rank := coalesce(from_rank, '-infinity');
      RETURN QUERY
        SELECT o.ctid, one.guarded, o.task_id, o.owner, o.type, o.params, o.attempt, o.failures, o.max_retries,
               o.timeout_ms, o.trace_id, o.queue, o.lane, date_part('epoch', now() - o.due_at),
               date_part('epoch', o.rank), one.next_queue, one.next_lane
          FROM open_tasks o
         WHERE o.rank >= from_rank AND o.queue = one.queue AND o.lane = one.lane AND o.type = ANY (types)
           AND (o.expires_at IS NULL OR o.expires_at > now())
         ORDER BY o.rank, o.task_id
         LIMIT least(share, most - given, room, one.key_room)
           FOR UPDATE SKIP LOCKED;
      GET DIAGNOSTICS got = ROW_COUNT;
      given := given + got;
      room := room - got;
    END LOOP;

    IF given = 0 AND served_rank IS NOT NULL THEN
      served_rank := NULL;
      seen_all := false;
      wrapped := false;
      at_queue := after_queue;
      at_lane := after_lane;
    END IF;
  END LOOP;
END $$;
