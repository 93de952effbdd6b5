import type { ContainerPlan, ServicePlan } from '../../plan/plan.ts';
import { composeContext } from '../../runtime/containers/compose-context.ts';
import { findComposeProgram } from '../../runtime/containers/compose-program.ts';
import { listContainers } from '../../runtime/containers/list-containers.ts';
import { type DoctorFacts, requestFor } from './doctor-facts.ts';
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

async function checkContainer(plan: ServicePlan, runs: ContainerPlan, facts: DoctorFacts): Promise<readonly Finding[]> {
  const { name: service } = plan;
  const context = composeContext(requestFor(plan, facts));
  const program = await findComposeProgram(context);
  const listed = program.ok ? await listContainers(program.value, runs, context) : program;
  return listed.ok ? [] : [error({ code: 'failure', service, failure: listed.error }, { service })];
}
