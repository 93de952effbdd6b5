import { setTimeout as delay } from 'node:timers/promises';
import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import { type SystemFacts, systemFacts } from '../../platform/system-facts.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { logTrouble } from '../../runtime/logs/open-log.ts';
import { lastLines } from '../../runtime/logs/read-tail.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { CheckoutUse } from '../../runtime/state/use-file.ts';
import type { StatusCommand } from '../commands/status.ts';
import { currentUse } from './current-use.ts';
import { type Measurements, machinePercent, measureServices, type Usages, usagesBetween } from './measure-services.ts';
import { type RunningCommand, runningCommands } from './running-commands.ts';
import type { ServiceView, ShownService } from './service-view.ts';
import { type ServicePorts, surveyPorts } from './survey-ports.ts';
import { viewFully } from './view-traced.ts';

/** All that a status command shows, as of one moment. */
export interface StatusReport {
  readonly views: readonly ServiceView[];
  readonly commands: readonly RunningCommand[];
  readonly use: CheckoutUse;
  /** `null`: not asked for; so with what follows. */
  readonly usages: Usages | null;
  readonly lastLines: ReadonlyMap<string, readonly string[]> | null;
  readonly system: MachineReport | null;
  readonly ports: ReadonlyMap<string, ServicePorts> | null;
}

export interface MachineReport extends SystemFacts {
  /** Of all processors; `null`: not measured. */
  readonly cpuPercent: number | null;
}

export interface ReportRequest {
  readonly checkout: Checkout;
  readonly services: readonly ShownService[];
  readonly command: StatusCommand;
  /** An earlier measurement to compare with; without one two are made, half a second apart. */
  readonly since: Measurements | null;
}

/** Long enough for the system's clock ticks of 10 ms to tell something. */
const SAMPLE_MS = 500;
const LAST_LINES = 5;

/** Looks at everything that the command asks for; gives the measurement for the next time. */
export async function takeReport(
  request: ReportRequest,
): Promise<{ readonly report: StatusReport; readonly measurement: Measurements | null }> {
  const { checkout, services, command } = request;
  const { root } = checkout;
  const look = () => viewFully(root, services);
  const isMeasured = command.resources === 'shown';
  const first = isMeasured ? (request.since ?? measureServices(root, look())) : null;
  if (first !== null && request.since === null) await delay(SAMPLE_MS);
  const views = look();
  const second = isMeasured ? measureServices(root, views) : null;
  const report = {
    views,
    commands: runningCommands(root),
    use: currentUse(root, views),
    usages: first === null || second === null ? null : usagesBetween(first, second),
    lastLines: command.detail === 'all' ? tailsOf(root, services) : null,
    system: command.detail === 'all' ? { ...systemFacts(root), cpuPercent: machineUsage(first, second) } : null,
    ports: command.detail === 'table' ? null : await surveyPorts(checkout, views),
  };
  return { report, measurement: second };
}

function machineUsage(first: Measurements | null, second: Measurements | null): number | null {
  return first === null || second === null ? null : machinePercent(first, second);
}

function tailsOf(root: string, services: readonly ShownService[]): ReadonlyMap<string, readonly string[]> {
  const tail = (name: string) => {
    const log = pathsOf(root).log(name);
    return logTrouble(log) === null ? lastLines(log, LAST_LINES).map((line) => cutLine(cleanText(line, 'plain'))) : [];
  };
  return new Map(services.map(({ name }) => [name, tail(name)]));
}
