import type { PeriodWord } from './period.ts';

const PERIODS: readonly (readonly [PeriodWord, string])[] = [
  ['1h', 'Hour'],
  ['24h', 'Day'],
  ['7d', 'Week'],
];

interface PeriodChoiceProps {
  readonly period: PeriodWord;
  readonly onChoose: (period: PeriodWord) => void;
}

export function PeriodChoice({ period, onChoose }: PeriodChoiceProps) {
  return (
    <>
      {PERIODS.map(([each, label]) => (
        <button type="button" key={each} aria-pressed={each === period} onClick={() => onChoose(each)}>
          {label}
        </button>
      ))}
    </>
  );
}
