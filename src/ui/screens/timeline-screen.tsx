import { useMemo, useState } from 'preact/hooks';
import { useAnswer } from '../data/ask.ts';
import type { EventDocument } from '../data/documents.ts';
import { live } from '../data/live.ts';
import { useStore } from '../data/store.ts';
import { clockText, countText } from '../parts/amounts.ts';
import { PERIOD_MS, type PeriodWord } from '../parts/period.ts';
import { PeriodChoice } from '../parts/period-choice.tsx';
import { ScreenHead } from '../parts/screen-head.tsx';
import { SentenceText } from '../parts/sentence-text.tsx';
import { serviceTone } from '../parts/service-tone.ts';
import { useNow } from '../parts/use-now.ts';
import { statesOver } from './states-over.ts';

const MOST_ROWS = 300;

/** What happened to the services: their states on one axis of time, and each event in words. */
export function TimelineScreen() {
  const [period, setPeriod] = useState<PeriodWord>('1h');
  const past = useAnswer<{ readonly events: readonly EventDocument[] }>('history');
  const news = useStore(live, (now) => now.events);
  const project = useStore(live, (now) => now.project);
  const now = useNow(2000);
  const all = useMemo(() => withNews(past.document?.events ?? [], news), [past.document, news]);
  const names = [...new Set([...(project?.services ?? []), ...all].map(({ service }) => service))];
  const earliest = now - PERIOD_MS[period];
  const shown = all.filter(({ at }) => Date.parse(at) >= earliest);
  // What was before the first thing that is known would only take the room of what was after it.
  const from = shown.length < all.length ? earliest : Date.parse(shown[0]?.at ?? new Date(earliest).toISOString());
  return (
    <>
      <ScreenHead title="Timeline" sum={countText(shown.length, 'event')} fault={past.fault}>
        <PeriodChoice period={period} onChoose={setPeriod} />
      </ScreenHead>
      <div class="card axis" role="img" aria-label="States of the services over time">
        {names.map((name) => (
          <div class="lane" key={name}>
            <span class={serviceTone(names, name)}>{name}</span>
            <svg viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
              {statesOver(all, name, { from, until: now }).map(({ start, end, tone }) => (
                <rect
                  key={start}
                  class={tone}
                  x={start * 1000}
                  y="2"
                  width={Math.max(1.5, (end - start) * 1000)}
                  height="10"
                />
              ))}
            </svg>
          </div>
        ))}
        <div class="lane ends">
          <span />
          <span>{clockText(new Date(from).toISOString(), now)}</span>
          <span>now</span>
        </div>
      </div>
      <ol class="events" aria-label="Events, the newest first">
        {shown
          .slice(-MOST_ROWS)
          .reverse()
          .map((event) => (
            <li key={`${event.at} ${event.service} ${event.kind} ${event.says.text}`}>
              <time dateTime={event.at}>{clockText(event.at, now)}</time>
              <span class={serviceTone(names, event.service)}>{event.service}</span>
              <span class={`says ${event.says.tone}`}>
                <SentenceText text={event.says.text} />
              </span>
            </li>
          ))}
      </ol>
      {shown.length === 0 && <p class="empty">Nothing has happened in this time.</p>}
    </>
  );
}

/** What the file had, and what was told since; some may be in both. */
function withNews(past: readonly EventDocument[], news: readonly EventDocument[]): readonly EventDocument[] {
  const last = past.at(-1)?.at ?? '';
  const known = new Set(past.slice(-50).map((event) => JSON.stringify(event)));
  return [...past, ...news.filter((event) => event.at >= last && !known.has(JSON.stringify(event)))];
}
