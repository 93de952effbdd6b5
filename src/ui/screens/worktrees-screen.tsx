import { formatDuration } from '../../base/duration.ts';
import { useAnswer } from '../data/ask.ts';
import type { RunDocument } from '../data/documents.ts';
import { countText } from '../parts/amounts.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { StateMark } from '../parts/state-mark.tsx';

const EVERY_MS = 5000;

/** What runs in every working copy of this user. Nothing is done to it from here. */
export function WorktreesScreen() {
  const { document, fault } = useAnswer<{ readonly runs: readonly RunDocument[] }>('ask/worktrees', EVERY_MS);
  const runs = document?.runs ?? [];
  const paths = [...new Set(runs.map(({ path }) => path))];
  const sum =
    document === null ? 'Looking at all processes.' : countText(paths.length, 'working copy', 'working copies');
  return (
    <>
      <ScreenHead title="Worktrees" sum={sum} fault={fault} />
      {document !== null && runs.length === 0 && <p class="empty">Nothing that devgen started runs on this machine.</p>}
      {paths.map((path) => (
        <Checkout key={path ?? ''} path={path} runs={runs.filter((run) => run.path === path)} />
      ))}
    </>
  );
}

interface CheckoutProps {
  readonly path: string | null;
  readonly runs: readonly RunDocument[];
}

function Checkout({ path, runs }: CheckoutProps) {
  const { project, branch, folder } = runs[0] ?? {};
  return (
    <section class="card checkout" aria-label={path ?? 'unknown folder'}>
      <div class="head">
        <h2>{project ?? 'unknown project'}</h2>
        {branch != null && <span class="branch">{branch}</span>}
        <code class="sum">{path ?? 'an unknown folder'}</code>
        {folder === 'gone' && <span class="bad">the folder is gone</span>}
      </div>
      <div class="scroll-across">
        <table class="table">
          <thead>
            <tr>
              <th>Service</th>
              <th>State</th>
              <th>Address</th>
              <th class="number">Pid</th>
              <th class="number">Uptime</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ run, service, command, state, url, port, pid, uptimeMs }) => (
              <tr key={run}>
                <td>{service ?? (command === null ? 'unknown' : `${command.kind} ${command.name}`)}</td>
                <td>
                  <StateMark state={state} />
                </td>
                <td>
                  <code>{url ?? (port === null ? '-' : `port ${port}`)}</code>
                </td>
                <td class="number">{pid}</td>
                <td class="number">{formatDuration(uptimeMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
