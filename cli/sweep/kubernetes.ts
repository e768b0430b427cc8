import { basename, resolve } from 'node:path';
import { stringify } from 'yaml';
import { shellWord } from '../commandLine.ts';
import { exitCodes } from '../train/failures.ts';
import { planName } from '../train/plan.ts';
import { type Submission, type Submitter, submissionName, type TextOption } from './submission.ts';

const texts = {
  image: {
    pattern: /^[a-zA-Z0-9][\w.:/@-]*$/,
    allowed: 'the name of an image, such as registry.example.org/factorvae:1',
    byDefault: 'factorvae-playground:latest',
  },
  claim: {
    pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
    allowed: 'the name of a PersistentVolumeClaim',
    byDefault: 'sweeps',
  },
  path: {
    pattern: /^[\w.@+=-]+(\/[\w.@+=-]+)*$/,
    allowed: 'the path of the sweep’s folder on the volume, without a slash before it',
    byDefault: null,
  },
  memory: { pattern: /^\d+(Ki|Mi|Gi|Ti)?$/, allowed: 'an amount such as 2Gi', byDefault: '2Gi' },
  gpu: {
    pattern: /^[a-z0-9.-]+\/[\w.-]+$/,
    allowed: 'a resource such as nvidia.com/gpu',
    byDefault: null,
  },
} as const satisfies Readonly<Record<string, TextOption>>;

const help = [
  'npm run sweep -- kubernetes DIR [--image NAME] [--claim sweeps] [--path FOLDER] [--cpus 1] [--memory 2Gi]',
  '                                [--gpu nvidia.com/gpu] [--throttle 50]',
  '',
  'Writes DIR/kubernetes: an Indexed Job with a pod a run (Kubernetes 1.33 or later), a Job that gathers, and a Dockerfile.',
  'A pod that is evicted or fails is tried again, each run by itself; one that diverged is not.',
  '',
  '  --image NAME   built with the Dockerfile and pushed where the cluster finds it',
  '  --claim NAME   a PersistentVolumeClaim that many pods can write (ReadWriteMany), with the sweep on it',
  '  --path FOLDER  where on that volume the sweep lies; by default the name of DIR',
  '  --throttle N   pods at a time',
].join('\n');

/** Attempts for each run beside the first. */
const backoffLimit = 6;
/** Seconds that a run has to save. */
const graceSeconds = 120;
const mountPath = '/sweeps';
/** Of the image's user. */
const userId = 1000;

export const kubernetes: Submitter = {
  help,
  texts,
  wholes: ['cpus', 'throttle'],
  files: (asked) => {
    const name = submissionName(asked.folder);
    return [
      { path: 'kubernetes/job.yaml', text: yaml(sweepJob(asked, name)) },
      { path: 'kubernetes/gather.yaml', text: yaml(gatherJob(asked, name)) },
      { path: 'kubernetes/Dockerfile', text: dockerfile },
      { path: 'kubernetes/Dockerfile.dockerignore', text: dockerIgnore },
    ];
  },
  next: ({ folder, text }) => {
    const manifests = `${folder}/kubernetes`;
    return [
      `Build the image, copy ${folder} onto the volume, then submit:`,
      `  docker build -f ${shellWord(`${manifests}/Dockerfile`)} -t ${text('image')} .`,
      `  kubectl apply -f ${shellWord(`${manifests}/job.yaml`)}`,
      `  kubectl wait --for=condition=complete --timeout=-1s job/${submissionName(folder)}`,
      `  kubectl apply -f ${shellWord(`${manifests}/gather.yaml`)}`,
    ];
  },
};

const yaml = (manifest: object) => stringify(manifest, { aliasDuplicateObjects: false });

function sweepJob(asked: Submission, name: string) {
  const cpus = asked.whole('cpus', 1);
  const plan = `${sweepPath(asked)}/${planName}`;
  const gpu = asked.text('gpu');
  const resources = { cpu: String(cpus), memory: asked.text('memory'), ...(gpu && { [gpu]: '1' }) };
  const { diverged, usage, damaged } = exitCodes;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { app: 'factorvae-playground' } },
    spec: {
      completionMode: 'Indexed',
      completions: asked.plan.runs.length,
      parallelism: Math.min(asked.plan.runs.length, asked.whole('throttle', 50)),
      backoffLimitPerIndex: backoffLimit,
      podFailurePolicy: {
        rules: [
          // Evicted or preempted: not the run's fault, so it does not count.
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          // Another attempt would end alike.
          {
            action: 'FailIndex',
            onExitCodes: { containerName: 'run', operator: 'In', values: [usage, diverged, damaged] },
          },
        ],
      },
      template: podTemplate(asked, 'run', ['run', '--plan', plan, '--threads', String(cpus)], resources),
    },
  };
}

function gatherJob(asked: Submission, name: string) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${name}-gather`, labels: { app: 'factorvae-playground' } },
    spec: {
      backoffLimit: 0,
      template: podTemplate(asked, 'gather', ['gather', sweepPath(asked)], { cpu: '1', memory: '2Gi' }),
    },
  };
}

function podTemplate(
  asked: Submission,
  container: string,
  args: readonly string[],
  resources: Readonly<Record<string, string | undefined>>,
) {
  return {
    metadata: { labels: { app: 'factorvae-playground' } },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: graceSeconds,
      securityContext: { runAsNonRoot: true, runAsUser: userId, fsGroup: userId },
      containers: [
        {
          name: container,
          image: asked.text('image'),
          args,
          resources: { requests: resources, limits: resources },
          securityContext: { allowPrivilegeEscalation: false },
          volumeMounts: [{ name: 'sweeps', mountPath }],
        },
      ],
      volumes: [{ name: 'sweeps', persistentVolumeClaim: { claimName: asked.text('claim') } }],
    },
  };
}

function sweepPath({ folder, text }: Submission): string {
  return `${mountPath}/${text('path') ?? basename(resolve(folder))}`;
}

const dockerfile = `# docker build -f DIR/kubernetes/Dockerfile -t IMAGE CHECKOUT
FROM node:22-bookworm-slim
RUN mkdir /app && chown node:node /app
# The user of number ${userId}, whose cache the commands are built into.
USER node
WORKDIR /app
COPY --chown=node:node package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY --chown=node:node . .
RUN node cli/run.mjs cli/sweep.ts --help > /dev/null
ENTRYPOINT ["node", "cli/run.mjs", "cli/sweep.ts"]
`;

const dockerIgnore = `.git
node_modules
dist
runs
test-results
docs
`;
