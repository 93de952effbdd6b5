import { useEffect } from 'preact/hooks';
import { useAnswer } from '../data/ask.ts';
import type { ErrorDocument } from '../data/documents.ts';
import { live } from '../data/live.ts';
import { useStore } from '../data/store.ts';
import { writeLogAddress } from '../logs/log-address.ts';
import { agoText, countText } from '../parts/amounts.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { useNow } from '../parts/use-now.ts';

const EVERY_MS = 5000;

/** The errors in the logs since each service was started, those that are not mended first. */
export function ErrorsScreen() {
  const { document, fault, again } = useAnswer<{ readonly errors: readonly ErrorDocument[] }>('ask/errors', EVERY_MS);
  const events = useStore(live, (now) => now.events.length);
  const now = useNow();
  useEffect(again, [events]);
  const errors = document?.errors.toReversed() ?? [];
  const open = errors.filter(({ isMended }) => !isMended);
  const mended = errors.filter(({ isMended }) => isMended);
  const sum = document === null ? 'Looking through the logs.' : `${countText(open.length, 'error')} to mend`;
  return (
    <>
      <ScreenHead title="Errors" sum={sum} fault={fault}>
        <button type="button" onClick={again}>
          Look again
        </button>
      </ScreenHead>
      {document !== null && errors.length === 0 && <p class="empty">No errors since the services were started.</p>}
      {[...open, ...mended].map((error) => (
        <ErrorCard
          key={`${error.service} ${error.kind} ${error.message} ${placeText(error)}`}
          error={error}
          now={now}
        />
      ))}
    </>
  );
}

function ErrorCard({ error, now }: { readonly error: ErrorDocument; readonly now: number }) {
  const { service, kind, message, count, firstAt, lastAt, isMended, lines } = error;
  const place = placeText(error);
  const wanted = lines.find((line) => line.includes(message)) ?? lines[0] ?? '';
  const address = writeLogAddress({ services: [service], wanted: wanted.trim() });
  return (
    <article class={`card mistake ${isMended ? 'mended' : ''}`}>
      <details>
        <summary>
          <span class="kind">{kind}</span>
          <span class="message">{message}</span>
          <span class="facts">
            <span>{service}</span>
            {place !== '' && <code>{place}</code>}
            <span>{count === 1 ? 'once' : countText(count, 'time')}</span>
            <span title={`first ${firstAt}`}>{`last ${agoText(lastAt, now)}`}</span>
            {isMended && <span class="good">mended</span>}
          </span>
        </summary>
        <pre>{lines.join('\n')}</pre>
      </details>
      <a href={address} aria-label={`in the log of ${service}`}>
        in the log
      </a>
    </article>
  );
}

function placeText({ place }: ErrorDocument): string {
  if (place === null) return '';
  return place.line === null ? place.file : `${place.file}:${place.line}`;
}
