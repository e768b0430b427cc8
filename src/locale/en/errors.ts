/**
 * What went wrong, and what to do about it, by code. What stands before a dot is the error's name, which programs
 * match on; several sentences may belong to one. Values stand in double braces, with the way they are shown: see
 * ../fill.ts.
 */
export const errors = {
  // What browsers and libraries throw
  StorageFullError:
    'This browser has no room left for the page’s data. Free space on the disk, or delete some runs or images of your own.',
  OutOfMemoryError:
    'There is not enough memory for this. Close other tabs, or choose smaller networks or a smaller batch.',
  WebGpuError: 'The GPU refused an operation. Start the run again; if that fails, choose another engine.',
  NotLoadedError:
    'A part of the page could not be loaded. Check the connection, then try again or reload the page.',
  WebAssemblyError:
    'WebAssembly failed in this browser. Start the run again; if that fails, choose another engine.',
  ForbiddenError: 'This browser does not let the page do that. Its settings for this site may allow it.',
  UnexpectedError:
    'Something unexpected went wrong. Try it again; if that does not help, reload the page. The browser’s console has the details.',

  // The page
  MissingSidesError: 'The page was drawn without its sessions.',
  MissingSessionError: 'The page was drawn without a session.',
  MissingExhibitionError: 'The page was drawn without its trained models.',
  MissingOwnImagesError: 'The page was drawn without its images.',
  MissingRunsError: 'The page was drawn without its kept runs.',
  ViewNotLoadedError:
    'This view could not be loaded: the server does not answer, or the site was updated. Training continues. Try again; if that does not help, reload the page. The run can be continued from its last saved copy after that.',
  NoWorkersError:
    'This browser offers no Workers, which training needs. A current Chrome, Edge, Firefox or Safari does.',
  NoCanvasError: 'This browser gave the page no canvas to draw on.',
  'NoPictureError.encode': 'This browser could not encode the picture.',
  'NoPictureError.chart': 'The chart is no picture.',
  'NoPictureError.svg': 'This browser draws no SVG.',
  WorkerClosedError: 'The training worker was closed.',
  'WorkerLostError.crashed': 'The part of the page that trains has crashed.',
  'WorkerLostError.unreadable': 'The part of the page that trains sent what cannot be read.',
  'WorkerLostError.silent': 'The part of the page that trains did not answer and was ended.',

  // Kept runs
  'StorageError.full':
    'This browser has no room left for the site, which it needs to save runs. Delete some runs in the Compare view, or free space on the disk.',
  'StorageError.forbidden': 'This browser does not let this page save anything. Allow site data for it.',
  'StorageError.none': 'This browser, or a private window, gives this page no storage.',
  'StorageError.silent': 'This browser’s storage does not answer. Restarting the browser may help.',
  'StorageError.newer':
    'Another tab has a newer release of this page open, which keeps runs in another way. Reload this page.',
  'StorageError.failed': 'This browser’s storage failed.',
  StorageReadError: 'The stored weights of this run cannot be read in this browser.',
  DamagedWeightsError:
    'The stored weights of this run are damaged and cannot be used. Its settings can be trained again from step 0.',
  WeightsGoneError: 'Its weights are no longer kept.',
  RunTakenError: 'Another tab has continued this run.',
  CopyGoneError: 'The safety copy of this run is no longer there.',

  // A person's own images
  'OwnDataError.none': 'This run needs images of your own, but its settings name none. Choose or drop some.',
  'OwnDataError.noStorage':
    'This browser keeps no files for this page, so it cannot keep images. Open the page over https or localhost, in a window that is not private.',
  'OwnDataError.missing':
    'This run needs images that are not here: "{{name}}", {{count, count}} images of {{size}} x {{size}} pixels, {{channels, count}} channels, {{chosen}}, hash {{hash}}. Drop the same files on the page, or name them by --data, with the same size and colours; then start the run again.',
  'OwnDataError.size':
    'The run asks for images of {{asked}} x {{asked}} pixels and {{askedChannels}} channels, but those of "{{name}}" have {{size}} x {{size}} pixels and {{channels}} channels. Change the image size and channels of the run, or drop the files again and choose them there.',
  'OwnDataError.damaged':
    'The set "{{name}}" is damaged and cannot be used. Delete it and drop its files again.',

  'IntakeError.noPictures':
    'There are no pictures in {{name}}: no file ends in .png, .jpg, .jpeg or .webp, or in .npz, .npy, .safetensors or .h5.',
  'IntakeError.several': '{{first}} and {{second}} both hold many images. Drop one at a time.',
  'IntakeError.file':
    '{{name}} cannot be read: it was moved or changed, or this browser may not read it. Drop it again.',
  'IntakeError.none': 'None of the images can be used. {{notes, sentences}}',
  'IntakeError.many': 'There are {{count, count}} images. At most {{most, count}} can be read.',
  'PictureError.none': 'This is not a picture.',
  'PictureError.kind': 'This is a {{kind}} picture. Only PNG, JPEG and WebP can be read.',
  'PictureError.large': 'The picture has {{width}} x {{height}} pixels, which is too many.',
  'PictureError.damaged': 'The picture is damaged or incomplete.',
  'ZipError.unreadable': '{{name}} is not a zip file, or a part of it is missing. Download or pack it again.',
  'ZipError.encrypted': '{{name}} is encrypted. Pack it again without a password.',
  'ZipError.damaged': '{{name}} is damaged inside the zip file.',
  'ZipError.large': '{{name}} has more than {{most, mebibytes}}, which is too much.',
  'ArrayFileError.notNpy': '{{name}} is not an .npy file.',
  'ArrayFileError.header':
    'The beginning of {{name}} does not say what numbers it has. The file is damaged, or it holds records.',
  'ArrayFileError.fortran':
    'The numbers of {{name}} are in Fortran order. Save them again after numpy.ascontiguousarray(...).',
  'ArrayFileError.bigEndian':
    'The numbers of {{name}} have their highest byte first. Save them again as little-endian, by .astype("<f4") for example.',
  'ArrayFileError.type': '{{name}} holds numbers of type {{type}}. These types can be read: {{known}}.',
  'ArrayFileError.noImages':
    'There are no images in {{name}}. Images are an array of [count, height, width], with 1, 3 or 4 channels last or second. The file has: {{arrays}}.',
  'ArrayFileError.large': 'Images of {{width}} x {{height}} pixels in {{name}} are too large.',
  'ArrayFileError.scale':
    'The numbers of {{name}} go from {{min}} to {{max}}. Grey values go from 0 to 1, from 0 to 255, from 0 to 65535 or from -1 to 1.',
  'ArrayFileError.cut':
    '{{name}} ends after {{whole, count}} of {{count, count}} images: a part of the file is missing.',
  'ArrayFileError.h5': '{{name}} is not an HDF5 file, or it is damaged.',

  // Engines
  NoEngineError:
    'This browser can run none of the ways to train: WebGPU, WebAssembly, WebGL or plain JavaScript. Try a current Chrome, Edge, Firefox or Safari. {{reasons, sentences}}',
  'WebGpuUnavailableError.insecure':
    'WebGPU works on pages from https or localhost only. Open this page over https or localhost.',
  'WebGpuUnavailableError.missing':
    'This browser has no WebGPU; a recent Chrome, Edge, Safari or Firefox has it (some need a flag).',
  'WebGpuUnavailableError.noGpu':
    'This browser has WebGPU but offers no GPU: its driver may be on the blocklist, hardware acceleration may be off in the settings, or Chrome on Linux may need the flag chrome://flags/#enable-unsafe-webgpu.',
  'WebGpuUnavailableError.failed': 'The browser’s WebGPU failed when asked for a GPU.',
  'WebGpuUnavailableError.gone': 'The GPU went away while it was being opened.',
  'WebGpuUnavailableError.notOpened': 'The GPU could not be opened.',
  SlowerEngineError:
    'WebGPU here is emulated in software ({{adapter}}), and WebAssembly is {{times}} times as fast.',
  NoWebGpuDeviceError: 'The GPU did not start. Reload the page to try again.',
  WasmMemoryError:
    'This run needs {{bytes, mebibytes}} of memory, which there is not. Choose smaller networks, a smaller batch or smaller images.',
  WasmMissingError: 'This browser has no vectors in WebAssembly. A current one has.',
  WebGpuLimitError:
    "This run needs {{needed, mebibytes}} for {{buffer}}, but the GPU's {{limit}} is {{allowed, mebibytes}}. Choose narrower layers, smaller images or a smaller batch.",
  WebGpuPipelineError: 'The GPU\'s compiler rejected the kernel "{{kernel}}": {{reasons, semicolons}}',
  'WebGpuError.wrongNumbers':
    'The GPU refused an operation, so its numbers are wrong. Start the run again; if that fails, choose another engine.',
  WebGpuLostError: 'The GPU was lost.',
  'WebGlUnavailableError.missing':
    'This browser offers no WebGL 2: hardware acceleration may be off in its settings, or the driver on its blocklist.',
  'WebGlUnavailableError.coarse':
    'This GPU computes with half precision in WebGL, too coarse to train with; choose tfjs on WebAssembly.',
  WebGlLostError: 'The GPU was lost; start the run again to continue.',
  'WasmUnavailableError.blocked':
    'WebAssembly could not be started: the browser blocks it, or its file could not be loaded. Reload the page, or choose another engine.',
  'WasmUnavailableError.noFiles': 'The wasm backend of tfjs was asked for without its files.',
  'WasmKernelError.elsewhere': 'The wasm backend of tfjs cannot compute {{kernel}}: it was called elsewhere.',
  'WasmKernelError.severalTensors':
    'The wasm backend of tfjs cannot compute {{kernel}}: a part of it gave several tensors.',
  'WasmKernelError.missing':
    'The wasm backend of tfjs cannot compute {{kernel}}: the backend has no kernel of its own.',
  'WasmKernelError.noInput': 'The wasm backend of tfjs cannot compute {{kernel}}: an input is missing.',
  'WasmKernelError.channels': 'The wasm backend of tfjs cannot compute {{kernel}}: channels must come last.',
  'WasmKernelError.padding': 'The wasm backend of tfjs cannot compute {{kernel}}: padding must be a number.',
  'WasmKernelError.strides': 'The wasm backend of tfjs cannot compute {{kernel}}: strides must be equal.',
  'WasmKernelError.unreadRows':
    'The wasm backend of tfjs cannot compute {{kernel}}: rows of its input are never read.',

  // Trainers
  'ParametersError.missing': 'The model needs "{{name}}" of shape [{{shape}}]; it is missing.',
  'ParametersError.shape': 'The model needs "{{name}}" of shape [{{shape}}]; its shape is [{{found}}].',
  'ParametersError.unknown': 'The model has no parameter "{{name}}".',
  TrainerDisposedError: 'This run has ended; start a new one.',
  NothingKeptError: 'There is no earlier state of this run to go back to.',
  'CannotError.encode': 'This model cannot encode images.',
  'CannotError.decode': 'This model cannot decode images.',
  'CannotError.discriminate': 'This model trains no discriminator.',
  PlayerError: 'This model has no player "{{player}}"; it has {{players}}.',
  'InputsError.samples':
    'The numbers given do not fit: {{count}} are no whole number of samples of {{length}}.',
  'InputsError.slot': 'The numbers given do not fit: "{{slot}}" needs {{needed}}, not {{count}}.',
  NotFiniteError:
    'The model has parameters that are no finite numbers, so it cannot be measured. Reset the run and train with a smaller learning rate or gamma.',
  NothingFrozenError: 'No encoder of this run is frozen.',

  // Runs
  'DivergedError.afterChange':
    'At step {{step, count}} the {{loss}} was no longer a finite number; the last change before it: {{setting}} was moved from {{from}} to {{to}} at step {{changeStep, count}}. The model is back as it was after step {{restoredStep, count}}: look at it, export it, or reset and train with a smaller learning rate or gamma.',
  'DivergedError.unchanged':
    'At step {{step, count}} the {{loss}} was no longer a finite number; no setting was moved since the run began. The model is back as it was after step {{restoredStep, count}}: look at it, export it, or reset and train with a smaller learning rate or gamma.',
  EngineFailedError: '{{problem}} The weights of step {{rescuedStep, count}} can still be exported.',
  'WrongStateError.noRun': 'There is no run yet: configure one first.',
  'WrongStateError.play': 'Training can start only while it is paused; now it is {{phase}}.',
  'WrongStateError.pause': 'Training can pause only while it runs; now it is {{phase}}.',
  'WrongStateError.step': 'A single step needs a paused run; now it is {{phase}}.',
  'WrongStateError.turn': 'Pause training first: the codes of one step are turned and measured.',
  'WrongStateError.preparing': 'The new run is not ready yet.',
  'WrongStateError.apart':
    'Runs side by side train from the same step: reset both, or continue with one alone.',
  'WrongStateError.lost': 'The engine was lost: start a new run.',
  'WrongStateError.lostOptimisers': 'The engine was lost: its optimisers cannot be read.',
  'WrongStateError.lostModel': 'The engine was lost: there is no model to measure.',
  EvaluationUnderWayError: 'The model of step {{step, count}} is being measured; wait or cancel that first.',
  InvalidConfigError: '{{field}}: {{problem}}.',
  'InvalidSettingError.value': '{{field}}: {{problem}}.',
  'InvalidSettingError.speed': 'The speed must be a number of steps a second above 0.',
  'InvalidSettingError.interval': 'Measurements need a whole number of steps between them.',
  InvalidCodeError: 'A code has {{latents}} numbers, not {{given}}.',
  'InvalidFactorsError.index': 'Factors are numbered 0 to {{last}}; there is no {{factor}}.',
  'InvalidFactorsError.values':
    'Factors are whole numbers below {{sizes}} ({{combinations, count}} combinations), not {{given}}.',
  ForkError:
    'A fork continues with the weights, optimisers and data of its run, so it keeps their settings: {{settings}} cannot change. Start a new run for that.',

  // Measures
  CodesNotFiniteError: 'The codes hold numbers that are not finite.',
  NoVaryingFactorError: 'No factor of the grid has more than one value.',
  CodeTableError: '{{count}} numbers are not whole codes of a grid of {{grid}}.',

  // Files
  'CheckpointError.format':
    'The checkpoint cannot be used: its metadata does not say "format": "{{format}}", a step and a config.',
  'CheckpointError.config': 'The checkpoint cannot be used: the configuration in its metadata is not valid.',
  'CheckpointError.rests':
    'The checkpoint cannot be used: it does not say properly in which steps an optimiser rested.',
  'CheckpointError.tensor': 'The checkpoint cannot be used: it needs "{{name}}" as F32 of shape [{{shape}}].',
  CheckpointDamagedError:
    'The checkpoint is damaged: its checksum does not fit what it holds, so something changed it after it was written.',
  CheckpointNotFiniteError: 'The checkpoint cannot be used: "{{name}}" holds numbers that are not finite.',
  'CheckpointNotFiniteError.squares':
    'The checkpoint cannot be used: "{{name}}" holds numbers that are not finite or are below 0.',
  'SafetensorsTruncatedError.length':
    "The safetensors file is cut short: it has {{bytes}} bytes, fewer than the {{needed}} of the header's length.",
  'SafetensorsTruncatedError.header':
    'The safetensors file is cut short: its header should be {{needed}} bytes, and {{bytes}} follow.',
  'SafetensorsTruncatedError.tensor':
    'The safetensors file is cut short: tensor {{name}} ends at byte {{end}} of {{bytes}} bytes of data.',
  'SafetensorsHeaderError.reserved':
    'The safetensors file\'s header is damaged: no tensor may be called "{{name}}".',
  'SafetensorsHeaderError.tooLong':
    "The safetensors file's header is damaged: its length is said to be {{bytes}} bytes, and {{most}} are the most.",
  'SafetensorsHeaderError.empty':
    'The safetensors file\'s header is damaged: it must begin with "{", and it is empty.',
  'SafetensorsHeaderError.byteOrderMark':
    'The safetensors file\'s header is damaged: it must begin with "{", and begins with a byte order mark.',
  'SafetensorsHeaderError.whiteSpace':
    'The safetensors file\'s header is damaged: it must begin with "{", and begins with white space.',
  'SafetensorsHeaderError.beginning':
    'The safetensors file\'s header is damaged: it must begin with "{", and begins with something else.',
  'SafetensorsHeaderError.notJson': "The safetensors file's header is damaged: it is not JSON.",
  'SafetensorsHeaderError.halfCharacter':
    "The safetensors file's header is damaged: {{text}} holds half of a character.",
  'SafetensorsHeaderError.twice': "The safetensors file's header is damaged: {{name}} stands twice in it.",
  'SafetensorsHeaderError.twiceWithin':
    "The safetensors file's header is damaged: {{name}} stands twice in {{place}}.",
  'SafetensorsHeaderError.number':
    "The safetensors file's header is damaged: {{path, of}} has {{token}}, which is not a plain whole number.",
  'SafetensorsHeaderError.metadata':
    'The safetensors file\'s header is damaged: "{{name}}" must map names to texts.',
  'SafetensorsHeaderError.fields':
    'The safetensors file\'s header is damaged: tensor {{name}} must have "dtype", "shape" and "data_offsets".',
  'SafetensorsHeaderError.dtype':
    'The safetensors file\'s header is damaged: "dtype" of tensor {{name}} must be a text.',
  'SafetensorsHeaderError.shape':
    'The safetensors file\'s header is damaged: "shape" of tensor {{name}} must be a list of whole numbers from 0 on.',
  'SafetensorsHeaderError.data_offsets':
    'The safetensors file\'s header is damaged: "data_offsets" of tensor {{name}} must be two whole numbers from 0 on.',
  SafetensorsDtypeError: 'Tensor {{name}} has the dtype {{dtype}}, which is not among {{known}}.',
  'SafetensorsRangeError.numbers':
    'The safetensors file is inconsistent: tensor {{name}} has {{numbers}} numbers but its shape is {{shape}}.',
  'SafetensorsRangeError.backwards':
    'The safetensors file is inconsistent: tensor {{name}} ends before it starts, at bytes {{start}} to {{end}}.',
  'SafetensorsRangeError.endless':
    'The safetensors file is inconsistent: tensor {{name}} of shape {{shape}} is beyond any size.',
  'SafetensorsRangeError.size':
    'The safetensors file is inconsistent: tensor {{name}} of shape {{shape}} needs {{needed}} bytes and has {{bytes}}.',
  'SafetensorsRangeError.overlap':
    'The safetensors file is inconsistent: tensor {{name}} overlaps another one at byte {{at}}.',
  'SafetensorsRangeError.gap':
    'The safetensors file is inconsistent: its tensors leave a gap at byte {{at}}, before {{name}}.',
  'SafetensorsRangeError.rest':
    'The safetensors file is inconsistent: its tensors end at byte {{at}} of {{bytes}} bytes of data.',
  ExhibitError: 'This is no file of a trained model that this page can show.',
  'NotLoadedError.file': 'A part of the page could not be loaded: the server answered {{status}}.',
  SafetensorsMemoryError:
    'There is no memory left for a tensor of {{bytes}} bytes. Close other programs or pages, and try again.',
  'ReplayError.several':
    '{{name}} holds several runs. Drop a file of one run to replay it, or open it in Compare.',
  'ReplayError.fork':
    '{{name}} is of a run that was forked: its first weights are not in the file, so it cannot be replayed.',
  'RunFileError.tooLarge': '{{name}} is larger than {{most}} MB, so it is not a file of runs.',
  'RunFileError.unreadable':
    '{{name}} could not be read: it was moved or deleted, or this page may not open it.',
  'RunRecordError.empty': '{{source}} is empty.',
  'RunRecordError.damaged': '{{source}} cannot be read: its JSON is damaged, or cut off.',
  'RunRecordError.notJson': '{{source}} is not a run record (expected JSON).',
  'RunRecordError.format': '{{source}} is not a run record (its "format" is not "{{format}}").',
  'RunRecordError.invalid': '{{source}} is not a valid run record: "{{path}}" is wrong ({{problem}}).',
  'RunRecordError.version':
    '{{source}} is of another release: its version is {{version}}, and this program reads version {{read}}. Use the release that wrote it, or a newer one.',
  'RunRecordError.runs': '{{source}} cannot be read: "runs" must be a list of at most {{most}} runs.',
} as const;
