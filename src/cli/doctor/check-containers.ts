import { join } from 'node:path';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import type { ContainerPlan, ServicePlan } from '../../plan/plan.ts';
import { findComposeProgram } from '../../runtime/containers/compose-program.ts';
import { listContainers } from '../../runtime/containers/list-containers.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { error, type Finding } from './finding.ts';

/** Whether the services' containers could be brought up: compose is there and reads its files, the engine runs. */
export async function checkContainers(facts: DoctorFacts): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    facts.services.map((service) => {
      const { runs } = service;
      return runs.kind === 'container' ? checkContainer(service, runs, facts) : [];
    }),
  );
  return findings.flat();
}

async function checkContainer(
  { name: service, cwd }: ServicePlan,
  runs: ContainerPlan,
  { checkout }: DoctorFacts,
): Promise<readonly Finding[]> {
  const environment = cleanShellEnvironment(checkout.environment);
  const context = { cwd: join(checkout.root, cwd), environment };
  const program = await findComposeProgram(context);
  const listed = program.ok ? await listContainers(program.value, runs, context) : program;
  return listed.ok ? [] : [error({ code: 'failure', service, failure: listed.error }, { service })];
}
