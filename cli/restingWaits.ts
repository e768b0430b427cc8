const restMs = 1;
const never = new Int32Array(new SharedArrayBuffer(4));
let waits = 0;
/** Whether `rest` is to run again: one wait may follow another before it sees that there was none. */
let resting = false;

/**
 * Lets Node's thread rest while it waits for a GPU. The package `webgpu` asks the GPU again on every turn of the event
 * loop as long as a promise is open, which takes a whole core; a driver that computes on the processor needs that core
 * (with two cores a step takes half as long so). A wait gets up to a millisecond longer. Needs WebGPU's globals; once.
 */
export function restWhileWaiting(): void {
  const { createComputePipelineAsync } = GPUDevice.prototype;
  const { mapAsync } = GPUBuffer.prototype;
  const { onSubmittedWorkDone } = GPUQueue.prototype;
  GPUDevice.prototype.createComputePipelineAsync = function (descriptor) {
    return rested(createComputePipelineAsync.call(this, descriptor));
  };
  GPUBuffer.prototype.mapAsync = function (...range) {
    return rested(mapAsync.apply(this, range));
  };
  GPUQueue.prototype.onSubmittedWorkDone = function () {
    return rested(onSubmittedWorkDone.call(this));
  };
}

async function rested<Result>(wait: Promise<Result>): Promise<Result> {
  waits++;
  if (!resting) setImmediate(rest);
  resting = true;
  try {
    return await wait;
  } finally {
    waits--;
  }
}

function rest(): void {
  resting = waits > 0;
  if (!resting) return;
  // Nothing wakes it: a sleep of the whole thread.
  Atomics.wait(never, 0, 0, restMs);
  setImmediate(rest);
}
