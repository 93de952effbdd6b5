import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { calledNames } from '../../base/instance-name.ts';
import { checkFiles } from '../../manifest/check-files.ts';
import { serviceEnvironmentReport } from '../../plan/environment.ts';
import { wantedPorts } from '../../plan/wanted-ports.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { type DoctorFacts, requestFor } from './doctor-facts.ts';
import { error, type Finding, info, type Severity, warning } from './finding.ts';

/** What the config says that it should not, and what its variables lack. */
export function checkConfig(facts: DoctorFacts): readonly Finding[] {
  const { reading, services, checkout } = facts;
  const ofServices = services.flatMap((service) => {
    const { name } = service;
    const wanted = wantedPorts({ ...checkout.plan, services: [service] }, checkout.environment, {
      overrides: {},
      shift: 0,
    });
    const { failures } = serviceEnvironmentReport(requestFor(service, facts));
    const missing = failures.filter(({ reason }) => reason === 'missing').slice(0, 1);
    return [
      ...(wanted.ok ? [] : wanted.error),
      ...missing.map((each) => ({ reason: 'environment-invalid' as const, variable: each.in, message: each.message })),
    ].map((failure) => error({ code: 'failure', service: name, failure }, { service: name }));
  });
  return [
    ...reading.mistakes.map((mistake) => ofDiagnostic('error', mistake)),
    ...(reading.source === 'config' ? [] : [info({ code: 'config-outdated', source: reading.source })]),
    ...reading.warnings.map((doubt) => ofDiagnostic('warning', doubt)),
    ...ofServices,
  ];
}

/** The rule of `check`, where an edit is the user's own business. */
export function checkGenerated({ checkout }: DoctorFacts): readonly Finding[] {
  const files = checkFiles(checkout.root);
  if (!files.ok) return files.error.map((mistake) => ofDiagnostic('warning', mistake));
  const edited = files.value.filter(({ state }) => state === 'edited').map(({ path }) => path);
  const lost = files.value.filter(({ state }) => state === 'mode-lost').map(({ path }) => path);
  const missing = files.value.filter(({ state }) => !/edited|as-written|mode-lost/.test(state)).map(({ path }) => path);
  return [
    ...(lost.length === 0 ? [] : [error({ code: 'modes-lost', paths: lost })]),
    ...(missing.length === 0 ? [] : [error({ code: 'files-missing', paths: missing })]),
    ...(edited.length === 0 ? [] : [warning({ code: 'files-edited', paths: edited })]),
    ...namesWithoutTarget(checkout),
  ];
}

/** Services and tasks that the config got since the make targets were generated; none where there are no targets. */
function namesWithoutTarget({ root, plan }: DoctorFacts['checkout']): readonly Finding[] {
  const targets = readTextIfThere(join(root, '.devgen/devgen.mk'));
  if (targets === undefined) return [];
  const calls = [
    ...calledNames(plan.services.map(({ name }) => name)).map((name) => [name, `up ${name} `] as const),
    ...plan.tasks.map(({ name }) => [name, `run ${name} `] as const),
  ];
  const names = calls.flatMap(([name, call]) => (targets.includes(call) ? [] : [name]));
  return names.length === 0 ? [] : [info({ code: 'targets-missing', names })];
}

function ofDiagnostic(severity: Severity, diagnostic: Diagnostic): Finding {
  const { file, position } = diagnostic.place ?? {};
  const where = { ...(file !== undefined && { file }), ...(position && { line: position.line }) };
  return { severity, fact: { code: 'diagnostic', diagnostic }, where };
}
