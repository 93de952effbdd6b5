import { isDeepStrictEqual } from 'node:util';
import { isAlive } from '../../../platform/process-identity.ts';
import { type CheckoutUse, type PresentUser, readUse, removeUse, type User, writeUse } from '../../state/use-file.ts';

type Limits = Omit<CheckoutUse, 'users'>;

const NONE: Limits = { ends: null, idleStopMs: null };

/**
 * Who uses what runs, and until when it may. A user stays until its process ends or it is forgotten. Kept in a file,
 * for `status` and for the next supervisor.
 */
export class Uses {
  readonly #root: string;
  readonly #now: () => number;
  #users: readonly PresentUser[];
  #limits: Limits;
  readonly #following = new Set<User>();

  /** `now`: epoch ms. */
  constructor(root: string, now: () => number) {
    this.#root = root;
    this.#now = now;
    const { users, ...limits } = readUse(root);
    this.#users = users;
    this.#limits = limits;
  }

  get limits(): Limits {
    return this.#limits;
  }

  get isAnyPresent(): boolean {
    return this.#users.some(({ identity }) => isAlive(identity));
  }

  /** It uses these services, too. */
  note(user: User): void {
    const known = this.#users.find((each) => isSame(each, user));
    if (known !== undefined && user.names.every((name) => known.names.includes(name))) return;
    const names = [...new Set([...(known?.names ?? []), ...user.names])];
    const since = known?.since ?? new Date(this.#now()).toISOString();
    this.#change(this.#users.filter((each) => each !== known).concat({ ...user, names, since }));
  }

  /** The same for as long as it looks, whatever is stopped meanwhile; the result ends that. */
  follow(user: User): () => void {
    this.#following.add(user);
    this.note(user);
    return () => {
      this.#following.delete(user);
      this.forget(user);
    };
  }

  forget(user: User): void {
    this.#change(this.#users.filter((each) => !isSame(each, user)));
  }

  /** What one does not say stays as it is. */
  limit(limits: Partial<Limits>): void {
    const next = { ...this.#limits, ...limits };
    if (isDeepStrictEqual(next, this.#limits)) return;
    this.#limits = next;
    this.write();
  }

  /** Nothing runs that could be used. */
  clear(): void {
    if (this.#users.length === 0 && isDeepStrictEqual(this.#limits, NONE)) return;
    this.#limits = NONE;
    this.#users = this.#users.filter((user) => [...this.#following].some((each) => isSame(each, user)));
    if (this.#users.length === 0) removeUse(this.#root);
    else this.write();
  }

  /** Also where what lay in `logs/` is gone. */
  write(): void {
    writeUse(this.#root, { users: this.#users, ...this.#limits });
  }

  #change(users: readonly PresentUser[]): void {
    this.#users = users.filter(({ identity }) => isAlive(identity));
    this.write();
  }
}

/** One process may stand for several: an agent's own, and one that it has begun. */
function isSame(one: User, other: User): boolean {
  const { pid, startTime } = one.identity;
  return one.name === other.name && pid === other.identity.pid && startTime === other.identity.startTime;
}
