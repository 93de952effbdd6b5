import { compileAnew } from '../../plan/load-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import { readLastPlan } from '../../plan/plan-cache.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';
import { planOfRecords } from '../../runtime/supervisor/run/plan-of-records.ts';
import { createContext } from '../context/create-context.ts';
import type { RootContext } from '../context/root-context.ts';
import { CHECKS } from '../doctor/checks.ts';
import { examine, type Reading } from '../doctor/doctor-facts.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { type Diagnosis, doctorReport, doctorToJson } from '../sentences/doctor-report.ts';
import { selectServices } from '../status/select-services.ts';

export interface DoctorCommand {
  readonly kind: 'doctor';
  /** Empty: all services. */
  readonly names: readonly string[];
}

/**
 * Tells what is wrong with the project and how to mend it. Needs neither a supervisor nor a config that makes sense,
 * and changes nothing. Fails if anything that it finds is an error.
 */
export async function runDoctor(command: DoctorCommand, { screen, ...origin }: RootContext): Promise<ExitCode> {
  const { plan, reading } = await readPlan(origin.root);
  const context = createContext(origin, plan, screen);
  const selected = selectServices(plan, command.names);
  if (!selected.ok && reading.source === 'config') return complain(screen, selected.error);
  const facts = await examine(context, selected.ok ? selected.value : plan.services, reading);
  const diagnoses: Diagnosis[] = [];
  for (const { group, check } of CHECKS) {
    const findings = await check(facts);
    const last = diagnoses.at(-1);
    if (last?.group === group) diagnoses.splice(-1, 1, { group, findings: [...last.findings, ...findings] });
    else diagnoses.push({ group, findings });
  }
  const isSound = diagnoses.every(({ findings }) => findings.every(({ severity }) => severity !== 'error'));
  if (screen.answers === 'json') {
    printJson<'doctor'>(screen, { project: plan.name, ok: isSound, findings: doctorToJson(diagnoses, context.words) });
  } else {
    const marks = screen.isWatched && hasSigns(process.env) ? 'signs' : 'words';
    screen.out(...doctorReport(diagnoses, { paint: screen.paintOut, words: context.words, marks }));
  }
  return isSound ? EXIT.done : EXIT.failed;
}

/** The plan of the config as it is; where that makes none, as it was, or what the runs themselves remember of it. */
async function readPlan(root: string): Promise<{ readonly plan: Plan; readonly reading: Reading }> {
  const compiled = await compileAnew(root);
  if (compiled.ok) {
    const { plan, warnings } = compiled.value;
    return { plan, reading: { mistakes: [], warnings, source: 'config' } };
  }
  const last = readLastPlan(root);
  const reading = {
    mistakes: compiled.error,
    warnings: [],
    source: last === undefined ? 'records' : 'last-plan',
  } as const;
  const records = servicesWithRunRecord(root).map((service) => readRunRecord(root, service));
  return { plan: last ?? planOfRecords(records.flatMap((record) => (record.ok ? [record.value] : []))), reading };
}

/** Source: POSIX.1-2024, 8.2: the first of these that is set decides about characters. */
function hasSigns({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}
