import type { TaskPlan } from '../../src/plan/plan.ts';

export function taskPlan(name: string, changes: Partial<TaskPlan> = {}): TaskPlan {
  return {
    name,
    run: `run ${name}`,
    description: '',
    cwd: '.',
    deps: [],
    needs: [],
    inputs: [],
    outputs: [],
    env: {},
    ...changes,
  };
}
