// What wait-on uses of RxJS, for `rxjs` and `rxjs/operators` alike.
export {
  combineLatest,
  distinctUntilChanged,
  exhaustMap,
  from,
  map,
  merge,
  mergeMap,
  NEVER,
  scan,
  startWith,
  take,
  takeWhile,
  throwError,
  timer,
} from '../../../node_modules/rxjs/dist/esm/index.js';
