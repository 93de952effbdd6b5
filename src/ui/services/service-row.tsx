import { formatDuration } from '../../base/duration.ts';
import type { MetricsDocument, ServiceDocument } from '../data/documents.ts';
import { agoText, bytesText, countText } from '../parts/amounts.ts';
import { SentenceText } from '../parts/sentence-text.tsx';
import { Sparkline } from '../parts/sparkline.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { ActionButtons } from './action-buttons.tsx';

interface ServiceRowProps {
  readonly service: ServiceDocument;
  readonly measured: MetricsDocument | undefined;
  /** Epoch ms. */
  readonly now: number;
}

export function ServiceRow({ service, measured, now }: ServiceRowProps) {
  const { course } = measured ?? {};
  const memory = course?.residentBytes.at(-1);
  const isUp = service.pid !== null;
  return (
    <article class="service" aria-label={service.service}>
      <div class="who">
        <h2>{service.service}</h2>
        <StateMark state={service.state} />
      </div>
      <div class="where">
        <Address service={service} />
        {isPage(service.docsUrl) && (
          <a href={service.docsUrl} target="_blank" rel="noreferrer">
            docs
          </a>
        )}
        <a href={`#logs/${service.service}`}>log</a>
      </div>
      <Fact label="response">
        <Sparkline values={course?.responseMs ?? []} label={`response time of ${service.service}`} />
        <Health service={service} />
      </Fact>
      <Fact label="memory">
        <Sparkline values={course?.residentBytes ?? []} label={`memory of ${service.service}`} tone="calm" />
        <span class="value">{isUp && memory !== undefined ? bytesText(memory) : '-'}</span>
      </Fact>
      <Fact label="uptime">
        <span class="value">
          {isUp && service.startedAt !== null ? formatDuration(Math.max(0, now - Date.parse(service.startedAt))) : '-'}
        </span>
      </Fact>
      <ActionButtons service={service} />
      <Remarks service={service} now={now} />
    </article>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: preact.ComponentChildren }) {
  return (
    <div class="fact">
      <span class="label">{label}</span>
      {children}
    </div>
  );
}

function Address({ service: { url, port } }: { readonly service: ServiceDocument }) {
  if (url === null) return <span class="none">{port === null ? 'no address' : `port ${port}`}</span>;
  if (!isPage(url)) return <code>{url}</code>;
  return (
    <a class="address" href={url} target="_blank" rel="noreferrer">
      {url.replace(/^https?:\/\//, '')}
    </a>
  );
}

/** Any other address might do something when it is followed. */
function isPage(url: string | null): url is string {
  return url !== null && /^https?:\/\//.test(url);
}

function Health({ service: { health, pid } }: { readonly service: ServiceDocument }) {
  if (pid === null || health.verdict === 'unknown') return <span class="value">-</span>;
  if (health.verdict === 'unhealthy') return <span class="value grade critical">does not answer well</span>;
  return (
    <span class="value">
      {health.responseMs !== null && `${formatDuration(health.responseMs)} `}
      <span class={`grade ${health.grade ?? 'good'}`}>{health.grade ?? 'healthy'}</span>
    </span>
  );
}

/** What there is no column for. */
function Remarks({ service, now }: { readonly service: ServiceDocument; readonly now: number }) {
  const { why, restarts, wantedPort, port, changed, state } = service;
  const remarks = [
    ...(port !== null && wantedPort !== null && port !== wantedPort ? [`wanted port ${wantedPort}, has ${port}`] : []),
    ...(restarts > 0 ? [restartsText(service, now)] : []),
    ...(changed.length > 0 ? [`changed in the config since its start: ${changed.join(', ')}`] : []),
    ...(service.inConfig === false ? ['not in the config any more'] : []),
  ];
  const isWrong = why !== null && state !== 'ready' && state !== 'down';
  if (remarks.length === 0 && !isWrong) return null;
  return (
    <div class="remarks">
      {isWrong && (
        <p class="bad">
          <SentenceText text={why.text} />
        </p>
      )}
      {isWrong && why.details.length > 0 && <pre>{why.details.join('\n')}</pre>}
      {remarks.map((remark) => (
        <p key={remark}>
          <SentenceText text={remark} />
        </p>
      ))}
    </div>
  );
}

function restartsText({ restarts, lastRestart, restartedBecause }: ServiceDocument, now: number): string {
  const last = lastRestart === undefined ? '' : `, last ${agoText(lastRestart.at, now)}`;
  const reason = restartedBecause === null ? '' : `: ${restartedBecause}`;
  return `restarted ${countText(restarts, 'time')}${last}${reason}`;
}
