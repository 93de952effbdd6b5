const MAX_LINES = 30;

/** A trial in full: what was asked and answered, and the last words of what failed. */
export function describeTrial({ name, steps, byHand, asked, left, verdict }) {
  const failed = steps.filter(({ code, name: step }) => code !== 0 && step !== 'status');
  return [
    `${name}: ${verdict} (${steps.map((step) => `${step.name} ${step.seconds.toFixed(1)} s`).join(', ')})`,
    ...byHand.map((line) => `  by hand: ${line}`),
    ...asked.map(({ service, says, isGood }) => `  ${isGood ? 'good' : 'BAD '} ${service}: ${says}`),
    ...left.map((each) => `  left: ${each}`),
    ...failed.flatMap(({ output, name: step }) =>
      output
        .trimEnd()
        .split('\n')
        .slice(-MAX_LINES)
        .map((line) => `  ${step} | ${line}`),
    ),
  ];
}

export function tableHead() {
  return ['| repository | verdict | answers | by hand | start |', '| --- | --- | --- | --- | --- |'];
}

export function tableRow({ name, steps, byHand, asked, verdict }) {
  const start = steps.find((step) => step.name === 'start');
  const cells = [
    name,
    verdict,
    asked.map(({ service, says }) => `${service}: ${says}`).join('<br>') || '-',
    byHand.join('<br>') || 'nothing',
    start === undefined ? '-' : `${start.seconds.toFixed(0)} s`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
