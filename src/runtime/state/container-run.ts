import { listOf, object, oneOf, type ShapeOf, text } from '../../base/shape.ts';

export const containerEngineShape = oneOf('docker', 'podman');

/** A container is reused as a pid is: only with the time of its start it is the same one. */
const begunContainer = object({
  id: text,
  /** As the engine writes it. */
  startedAt: text,
});

/** What a run of a container service has at its engine. */
export const containerRunShape = object({
  engine: containerEngineShape,
  /** The service's own. */
  id: text,
  /**
   * The containers that were started for this run: the service's own, and what compose started with it. Empty: it was
   * up before, so it is left up.
   */
  begun: listOf(begunContainer),
});

/** The program that answers for containers, whichever compose goes with it. */
export type ContainerEngine = ShapeOf<typeof containerEngineShape>;
export interface BegunContainer extends ShapeOf<typeof begunContainer> {}
export interface ContainerRun extends ShapeOf<typeof containerRunShape> {}
