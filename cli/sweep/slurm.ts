import { shellWord } from '../commandLine.ts';
import { gatheredName } from './gather.ts';
import {
  projectLine,
  type Submission,
  type Submitter,
  submissionName,
  sweepCommand,
  type TextOption,
} from './submission.ts';

const word = /^[\w.,:=@+-]+$/;
const texts = {
  time: {
    pattern: /^(\d+-)?\d+(:\d\d){0,2}$/,
    allowed: 'a time as Slurm reads it, such as 4:00:00 or 1-12:00:00',
    byDefault: '4:00:00',
  },
  memory: { pattern: /^\d+[KMGT]?$/, allowed: 'an amount such as 2G or 1500M', byDefault: '2G' },
  partition: { pattern: word, allowed: 'the name of a partition', byDefault: null },
  account: { pattern: word, allowed: 'the name of an account', byDefault: null },
  gpus: { pattern: word, allowed: 'a number of GPUs, or a kind and a number as in a100:1', byDefault: null },
} as const satisfies Readonly<Record<string, TextOption>>;

const help = [
  'npm run sweep -- slurm DIR [--time 4:00:00] [--cpus 1] [--memory 2G] [--throttle 50]',
  '                           [--partition NAME] [--account NAME] [--gpus N] [--project PATH]',
  '',
  'Writes DIR/slurm: an array job with a task a run, a job that gathers once all tasks have ended, and submit.sh, which',
  'submits both. A task whose time is nearly up saves, and is queued again; so is one that was killed, up to five times.',
  '',
  '  --time T       of a task; it saves two minutes before the end, and goes on in the next',
  '  --cpus N       of a task, each with a thread; runs side by side do more steps a second than threads',
  '  --throttle N   tasks at a time',
  '  --project PATH the checkout, as the nodes see it; by default this one',
].join('\n');

/** Slurm's default MaxArraySize allows tasks 0 to 1000. */
const tasksPerArray = 1000;
/** Seconds before the end of its time at which a task is told to stop. */
const noticeSeconds = 120;
/** A run that is killed again and again needs more memory, not another attempt. */
const attemptsAfterKill = 5;

export const slurm: Submitter = {
  help,
  texts,
  wholes: ['cpus', 'throttle'],
  files: (asked) => [
    { path: 'slurm/sweep.sbatch', text: arrayScript(asked) },
    { path: 'slurm/gather.sbatch', text: gatherScript(asked) },
    { path: 'slurm/submit.sh', text: submitScript(asked), executable: true },
  ],
  next: ({ folder }) => [`Submit it where Slurm is: ${shellWord(`${folder}/slurm/submit.sh`)}`],
};

function headOf({ folder, text }: Submission, directives: readonly string[]): string[] {
  const own = [
    `--job-name=${submissionName(folder)}`,
    ...(['partition', 'account'] as const).flatMap((name) => {
      const value = text(name);
      return value === undefined ? [] : [`--${name}=${value}`];
    }),
  ];
  return ['#!/bin/bash', ...[...own, ...directives].map((directive) => `#SBATCH ${directive}`)];
}

function arrayScript(asked: Submission): string {
  const gpus = asked.text('gpus');
  const directives = [
    `--time=${asked.text('time')}`,
    `--cpus-per-task=${asked.whole('cpus', 1)}`,
    `--mem=${asked.text('memory')}`,
    ...(gpus === undefined ? [] : [`--gpus=${gpus}`]),
    '--output=slurm/run-%A_%a.txt',
    '--open-mode=append',
    '--requeue',
    `--signal=B:TERM@${noticeSeconds}`,
  ];
  return `${headOf(asked, directives).join('\n')}
# One run of the sweep: done, it ends at once; begun, it goes on. submit.sh submits it.
${projectLine(asked)}
task=\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}
# Arrays are of limited size, so a long plan has several.
index=$((SLURM_ARRAY_TASK_ID + \${OFFSET:-0}))

${sweepCommand} run --plan sweep.json --index "$index" --threads "\${SLURM_CPUS_PER_TASK:-1}" &
run=$!
trap 'kill -TERM "$run"' TERM
# A signal ends the waiting, not the run, which saves first.
while :; do
  wait "$run"
  code=$?
  kill -0 "$run" 2> /dev/null || break
done

# Ended by a signal although the job itself goes on: its time was nearly up (143), or the run was killed. If the job is to
# end, as by scancel, or is queued again already, Slurm says something else of it than RUNNING.
again=no
if [ "$code" -eq 143 ]; then again=yes; fi
if [ "$code" -eq 137 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${attemptsAfterKill} ]; then again=yes; fi
if [ "$again" = yes ] && [ "$(squeue --noheader --jobs="$task" --format=%T)" = RUNNING ]; then
  echo "Ended with $code: this task is queued again."
  scontrol requeue "$task"
fi
exit "$code"
`;
}

function gatherScript(asked: Submission): string {
  const directives = ['--time=10:00', '--cpus-per-task=1', '--mem=2G', '--output=slurm/gather-%j.txt'];
  return `${headOf(asked, directives).join('\n')}
# Writes ${gatheredName} and a table, and says what is missing, failed or diverged.
${projectLine(asked)}
exec ${sweepCommand} gather .
`;
}

function submitScript(asked: Submission): string {
  const count = asked.plan.runs.length;
  const offsets = Array.from({ length: Math.ceil(count / tasksPerArray) }, (_, i) => i * tasksPerArray);
  const throttle = asked.whole('throttle', 50);
  const arrays = offsets.map((offset) => {
    const last = Math.min(tasksPerArray, count - offset) - 1;
    return `submit ${offset} 0-${last}%${throttle}`;
  });
  return `#!/bin/bash
# Submits the ${count} runs of this sweep, and what gathers them. Submitted again, it does what is not done.
set -euo pipefail
cd "$(dirname "$0")/.."
${projectLine(asked)}
export PROJECT=$project
# Builds the command once, before many tasks ask for it.
${sweepCommand} --help > /dev/null

arrays=
submit() {
  local id
  id=$(sbatch --parsable --array="$2" --export="ALL,OFFSET=$1" slurm/sweep.sbatch)
  arrays=$arrays:\${id%%;*}
}
${arrays.join('\n')}
# Also where a run failed or diverged, which it tells.
gather=$(sbatch --parsable --dependency="afterany$arrays" slurm/gather.sbatch)
echo "Submitted the arrays \${arrays#:} and the gathering \${gather%%;*}. They are listed by: squeue --me"
`;
}
