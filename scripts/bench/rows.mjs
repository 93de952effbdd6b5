import { createProject, median } from './laboratory.mjs';

export const over = (samples, base) => median(samples) / median(base);

/** Only the second is measured. */
export async function after(first, second) {
  await first;
  return second();
}

/** Uses a project of its own, and leaves none. */
export async function withProject(count, options, action) {
  const project = await createProject(count, options);
  try {
    return await action(project);
  } finally {
    await project.remove();
  }
}

/** A row of the table: what was measured and its value, in the unit of its goal; `null`: no goal. */
export function row(name, value, { unit, goal = null, more = '' }) {
  return { name, value, unit, goal, more };
}

export const timesNode = { unit: '× node -e 0' };
export const timesFloor = { unit: '× floor' };
