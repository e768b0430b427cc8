/** What went wrong on the command line, by code, as in errors.ts. */
export const commandErrors = {
  'OutOfMemoryError.command': 'The memory ran out {{doing}}. Close other programs, or take a smaller file.',
  'UnexpectedError.command':
    'The command failed {{doing}}, by a fault of its own. Please report it with these words: {{words}}',

  // Arguments
  'UsageError.keptByNpm':
    'npm kept {{options}} for itself: options of the command go behind a "--" of their own. Write: {{command}}',
  'UsageError.characters':
    'Some characters of the command are not what they look like: {{problems, semicolons}}. Write: {{command}}',
  'UsageError.notAnOption':
    '"{{argument}}" is no option: options begin with --, as in npm run train -- --gamma 20.',
  'UsageError.unknown': '--{{option}} is no option. Valid ones, the closest first: {{known}}.',
  'UsageError.noValue': '--{{option}} needs a value after it.',
  'UsageError.twice': '--{{option}} is given twice; a list, as in --{{option}} A,B, makes a sweep.',
  'UsageError.noDirectory': 'Name a directory for the files of the run: --out DIR.',
  'UsageError.oneOf': '--{{option}} must be {{names, or}}, not "{{given}}".',
  'UsageError.oneOfMany': '--{{option}} must be one of {{names}}, not "{{given}}".',
  'UsageError.allowed': '--{{option}} must be {{allowed}}, not "{{given}}".',
  'UsageError.problem': '--{{option}}: {{problem}}',
  'UsageError.invalid': '--{{option}}: {{problem}}.',
  'UsageError.wholeFrom': '--{{option}} must be a whole number from {{least}} on, not "{{given}}".',
  'UsageError.wholeWithin':
    '--{{option}} must be a whole number from {{least}} to {{most}}, not "{{given}}".',
  'UsageError.listedTwice': '--{{option}} lists "{{text}}" twice.',
  'UsageError.sameValue': '--{{option}} lists the same value twice, as "{{first}}" and as "{{second}}".',
  'UsageError.numberOrRuns':
    '--{{option}}: “{{text}}” could mean {{number}} or {{list}}. Write {{number}}, or "{{runs, semicolons}}" for {{count}} runs.',
  'UsageError.spareZero':
    '--{{option}}: commas part the runs of a sweep, and “{{part}}” in “{{text}}” is no number to list. Write decimals with a point: 0.5,0.001.',
  'UsageError.listOrRuns':
    '--{{option}}: “{{text}}” could mean one run with {{list}}, or {{count}} runs. Write {{single}} for one run, or "{{runs, semicolons}}" for {{count}}.',
  'UsageError.unknownOfFiles': '{{argument}} is no option; valid ones are {{known}}. --help tells more.',
  'UsageError.noValueOfFiles': '--{{option}} needs a value after it. --help tells more.',
  'UsageError.twiceOfFiles': '--{{option}} is given twice. --help tells more.',
  'UsageError.noDataTask':
    'Say what to do, draw or export, as in npm run data -- draw --dataset shapes3d --factors 0,1,2,3,0,7 --out FILE.png. --help tells more.',
  'UsageError.noDataFile': 'Name the file to write: --out FILE. --help tells more.',
  'UsageError.otherTask': '--{{option}} does not belong to {{task}}. --help tells more.',
  'UsageError.factors':
    '--factors: "{{given}}" must be whole numbers with commas between, one a factor: {{factors}}.',
  'UsageError.oneCodesFile': 'Name one file of codes, not {{count}}. --help tells more.',
  'UsageError.noParityFile': 'Name at least one parity file (.safetensors). --help tells more.',
  'UsageError.engine': '--engine must be {{names, or}}, not "{{given}}". --help tells more.',
  'UsageError.noPlan': 'Name the plan of the sweep: --plan DIR/sweep.json.',
  'UsageError.noIndex':
    'Name a run of the plan: --index N. Slurm’s array jobs and Kubernetes’ Indexed Jobs name it by themselves.',
  'UsageError.noTask':
    'Say what to do, one of {{known}}, as in npm run sweep -- plan --out DIR. --help tells more.',
  'UsageError.noProject':
    '{{path}} has no cli/run.mjs, so it is no checkout of this project. Name the one that does the runs: --project PATH.',
  'UsageError.oneSweep': 'Name one directory with a sweep.json, not {{count}}. --help tells more.',

  // Files that are read
  DamagedInputError: '{{path}}: {{problem}} Make the file again, or name another.',
  'FileError.missing': '{{path}} cannot be read: there is no such file. Check its name and folder.',
  'FileError.noFolder': '{{path}} cannot be read: a part of its path is no folder. Check the path.',
  'FileError.folder': '{{path}} cannot be read: it is a folder. Name a file in it.',
  'FileError.forbidden':
    '{{path}} cannot be read: you may not read it. Change its permissions or name another.',
  'FileError.loop':
    '{{path}} cannot be read: it is a link that leads back to itself. Name the file that it should lead to.',
  'FileError.longPath': '{{path}} cannot be read: its path is too long. Check the path.',
  'FileError.tooManyOpen':
    '{{path}} cannot be read: too many files are open. Close some programs and try again.',
  'FileError.tooLarge': '{{path}} cannot be read: it has more than 2 GB. Name a smaller one.',
  'FileError.name':
    '{{path}} cannot be read: its name holds a character that no name may have. Check its name.',
  'FileError.memory': '{{path}} cannot be read: there is no memory left. Close some programs and try again.',
  'FileError.refused':
    '{{path}} cannot be read: the disk or the system refused it. Copy it elsewhere and try again.',
  'CodesFileError.noTensor': 'The file of codes cannot be used: it has no tensor "{{name}}".',
  'CodesFileError.dimensions':
    'The file of codes cannot be used: "{{name}}" must have two dimensions and has the shape {{shape}}.',
  'CodesFileError.dtype': 'The file of codes cannot be used: "{{name}}" must be {{needed}}, not {{dtype}}.',
  'CodesFileError.rows':
    'The file of codes cannot be used: "codes" has {{rows}} rows, and {{most}} are the most.',
  'CodesFileError.columns':
    'The file of codes cannot be used: "codes" has {{columns}} columns, and {{most}} are the most.',
  'CodesFileError.grid':
    'The file of codes cannot be used: "codes" has {{rows}} rows and the grid {{grid}} needs {{needed}}.',
  'CodesFileError.noColumns': 'The file of codes cannot be used: "codes" has no columns.',
  'CodesFileError.shape':
    'The file of codes cannot be used: "{{name}}" has the shape {{shape}} instead of {{needed}}.',
  'CodesFileError.noSizes': 'The file of codes cannot be used: its metadata has no "factor_sizes".',
  'CodesFileError.sizes':
    'The file of codes cannot be used: "factor_sizes" of its metadata must list whole numbers above 0, as in "[3, 6, 32]", not {{given}}.',
  'CodesFileError.factors':
    'The file of codes cannot be used: "factor_sizes" lists {{count}} factors, and {{most}} are the most.',
  'CodesFileError.values':
    'The file of codes cannot be used: "factor_sizes" has a factor of {{count}} values, and {{most}} are the most.',
  'CodesFileError.order':
    'The file of codes cannot be used: row {{row}} of "factors" is {{given}} where a grid in row-major order has {{needed}}.',
  'FixtureError.noConfig': 'The parity file cannot be used: its metadata has no "config".',
  'FixtureError.config':
    'The parity file cannot be used: the "config" of its metadata must be a JSON object, not {{given}}.',
  'FixtureError.setting':
    'The parity file cannot be used: "{{key}}" of its config must be {{allowed}}, not {{given}}.',
  'FixtureError.noSetting':
    'The parity file cannot be used: "{{key}}" of its config must be {{allowed}}, and is missing.',
  'FixtureError.size':
    'The parity file cannot be used: "size" of its config must be a multiple of {{multiple}}, for as many halvings as "conv" lists, not {{given}}.',
  'FixtureError.noSteps': 'The parity file cannot be used: its metadata has no "steps".',
  'FixtureError.steps':
    'The parity file cannot be used: "steps" of its metadata must be a whole number from 1 to {{most}}, not {{given}}.',
  'FixtureError.noTensor': 'The parity file cannot be used: it has no tensor "{{name}}".',
  'FixtureError.shape':
    'The parity file cannot be used: "{{name}}" has the shape {{shape}} instead of {{needed}}.',
  'FixtureError.dtype': 'The parity file cannot be used: "{{name}}" must be {{needed}}, not {{dtype}}.',
  'FixtureError.notFinite': 'The parity file cannot be used: "{{name}}" holds numbers that are not finite.',
  'FixtureError.permutation':
    'The parity file cannot be used: row {{row}} of "{{name}}" is no permutation of 0 to {{last}}.',

  // What computes
  'NoWebGpuDriverError.any':
    'No GPU driver for WebGPU was found. Install your GPU\'s Vulkan driver, or a software one: Mesa\'s lavapipe (Debian and Ubuntu: the package "mesa-vulkan-drivers", Mesa 24 or later) or Chromium (the package "chromium"), which brings SwiftShader.',
  'NoWebGpuDriverError.named':
    'No {{driver}} driver for WebGPU was found. Install your GPU\'s Vulkan driver, or a software one: Mesa\'s lavapipe (Debian and Ubuntu: the package "mesa-vulkan-drivers", Mesa 24 or later) or Chromium (the package "chromium"), which brings SwiftShader.',
  TrainerError:
    'The trainer could not run the steps of {{path}}, perhaps for want of memory. Try another --engine or a smaller file.',

  // The plan of a sweep
  'SweepPlanError.missing':
    '{{path}} is not there. Make it with npm run sweep -- plan --out DIR and the options of npm run train.',
  'SweepPlanError.notJson':
    '{{path}} cannot be read: its JSON is damaged, or cut off. Put back a copy, or take it away and plan again: runs that are there stay.',
  'SweepPlanError.format':
    '{{path}} is not the plan of a sweep. Name another directory, or take it away and plan again.',
  'SweepPlanError.version':
    '{{path}} is of another release: its version is {{version}}, and this program reads version {{read}}. Use the release that wrote it, or take it away and plan again: runs that are there stay.',
  'SweepPlanError.program':
    '{{path}} is of release {{there}}, and this is release {{here}}: one release trains all runs of a sweep. Use that release, or make the plan again with this one: {{command}}',
  'SweepPlanError.invalid':
    '{{path}} is not a valid plan: "{{place}}" is wrong ({{problem}}). Put back a copy, or take it away and plan again: runs that are there stay.',
  'SweepPlanError.tooMany':
    'The plan would have {{count}} runs, and {{most}} are the most. Make several plans, each in a directory of its own.',
  'SweepPlanError.otherSweep':
    '{{path}} belongs to another sweep: it has the run {{run}}, which you did not ask for. Add that run, or choose another directory with --out. To start a new plan there, remove the file: runs stay.',
  'SweepPlanError.otherSettings':
    '{{path}} belongs to another sweep: of its run {{run}}, {{differences}}. Use the same settings, or choose another directory with --out.',
  'SweepPlanError.index':
    '{{path}} has the runs 0 to {{last}}, so there is no run {{index}}. Name one of them with --index.',

  // The directory of a run
  'RunDirectoryError.unusable': '{{path}} cannot be used: {{words}}.',
  'RunDirectoryError.otherProgram':
    '{{path}} holds a config.json that is not of a run of this program; name another directory with --out.',
  'RunDirectoryError.otherSettings':
    '{{path}} holds a run with other settings: {{differences}}. Give the same settings to continue it, or name another directory with --out.',
  'RunDirectoryError.noConfig':
    '{{path}} holds a {{file}}, but no config.json that tells of which run; name another directory with --out.',
  'RunLockedError.lost':
    '{{path}} is gone or another process’s: this one was asleep for long, or the file was removed. It ends here, with what it had saved.',
  'RunLockedError.known':
    '{{path}} is in use by process {{pid}} on {{host}}, since {{since}}. Wait until it is done or stop it, or name another directory with --out. A process that was killed is noticed at once on its own machine, and after {{minutes}} minutes from another one.',
  'RunLockedError.unknown':
    '{{path}} is in use by another process. Wait until it is done or stop it, or name another directory with --out. A process that was killed is noticed at once on its own machine, and after {{minutes}} minutes from another one.',
  'WriteError.full': '{{path}} could not be written: the disk is full.',
  'WriteError.quota': '{{path}} could not be written: your quota on this disk is used up.',
  'WriteError.readOnly': '{{path}} could not be written: the disk may only be read.',
  'WriteError.forbidden': '{{path}} could not be written: you have no right to write it.',
  'WriteError.other': '{{path}} could not be written: {{words}}.',
  FileReadError: '{{path}} cannot be read: {{words}}.',
  CheckpointMissingError:
    '{{path}} has a {{file}} but no checkpoint.safetensors to continue from. Nothing was changed. Put back a copy of the checkpoint, or name another directory with --out to train the run again.',
  'CheckpointDamagedError.noOther':
    '{{faults, sentences}} There is no other checkpoint to continue from. Nothing was changed. Put back a copy of the file, or name another directory with --out to train the run again.',
  'CheckpointError.otherRun': 'It is of a run with other settings: {{differences}}.',
  MetricsDamagedError:
    '{{path}} is damaged: {{problem}}, and the run’s checkpoint is of step {{step}}. Nothing was changed. Mend the file or put back a copy of it, or name another directory with --out to train the run again.',
  EvaluationsDamagedError:
    '{{path}} is damaged: {{problem}}. Nothing was changed. Mend the file, or take it away: run.json has the evaluations too, and the same command writes them back from there.',
} as const;

export const commandParts = {
  formerEngineOption: '--backend {{former}} is now called --engine {{engine}}.',
  'doing.data': 'while it made the images',
  'doing.metrics': 'while it measured the codes',
  'doing.parity': 'while it compared the files',
  optionDiffers: '--{{option}} is {{there}} there and {{here}} here',
  fault: '{{path}}: {{problem}}',
  'line.unreadable': 'line {{line}} cannot be read',
  'line.unfinished': 'line {{line}} was not finished',
  'line.otherStep': 'line {{line}} is of step {{step}} and should be of step {{needed}}',
  'line.notLater': 'line {{line}} is of step {{step}}, and the one before it of {{before}}',
  'line.noNumber': 'line {{line}} has no number for "{{name}}"',
  'line.last': 'it ends after step {{step}}',
} as const;
