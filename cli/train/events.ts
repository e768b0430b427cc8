import crc32c from 'crc-32/crc32c.js';
import protobuf from 'protobufjs/light.js';

/**
 * TensorBoard's event format: records of protocol buffers, each with its length and two checksums. The messages
 * are those of tensorflow/core/util/event.proto and framework/summary.proto, as far as they are needed.
 */
const messages = {
  Event: {
    fields: {
      wallTime: { type: 'double', id: 1 },
      step: { type: 'int64', id: 2 },
      fileVersion: { type: 'string', id: 3 },
      summary: { type: 'Summary', id: 5 },
      sessionLog: { type: 'SessionLog', id: 7 },
    },
  },
  SessionLog: { fields: { status: { type: 'int32', id: 1 } } },
  Summary: { fields: { value: { rule: 'repeated', type: 'Value', id: 1 } } },
  Value: {
    fields: {
      tag: { type: 'string', id: 1 },
      simpleValue: { type: 'float', id: 2 },
      image: { type: 'Image', id: 4 },
      tensor: { type: 'Tensor', id: 8 },
      metadata: { type: 'Metadata', id: 9 },
    },
  },
  Image: {
    fields: {
      height: { type: 'int32', id: 1 },
      width: { type: 'int32', id: 2 },
      colorspace: { type: 'int32', id: 3 },
      encodedImageString: { type: 'bytes', id: 4 },
    },
  },
  Tensor: {
    fields: {
      dtype: { type: 'int32', id: 1 },
      tensorShape: { type: 'Shape', id: 2 },
      stringVal: { rule: 'repeated', type: 'bytes', id: 8 },
    },
  },
  Shape: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 2 } } },
  Dimension: { fields: { size: { type: 'int64', id: 1 } } },
  Metadata: { fields: { pluginData: { type: 'PluginData', id: 1 } } },
  PluginData: { fields: { pluginName: { type: 'string', id: 1 } } },
} as const;

/** The message of a record. */
export const eventType = protobuf.Root.fromJSON({ nested: messages }).lookupType('Event');

/** A value of a summary: a number, a picture (PNG), or a text in Markdown. */
export type SummaryValue =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly png: Uint8Array }
  | { readonly tag: string; readonly text: string };

/** What stands in a file of events. */
export type Event =
  | { readonly kind: 'version' }
  /** What was written of this step and later ones, before the program was started again, no longer counts. */
  | { readonly kind: 'restart'; readonly step: number }
  | { readonly kind: 'summary'; readonly step: number; readonly values: readonly SummaryValue[] };

/** @param seconds since 1970 */
export function eventRecord(event: Event, seconds: number): Uint8Array {
  return framed(eventType.encode({ wallTime: seconds, ...bodyOf(event) }).finish());
}

function bodyOf(event: Event): Record<string, unknown> {
  switch (event.kind) {
    case 'version':
      return { fileVersion: 'brain.Event:2' };
    case 'restart':
      return { step: event.step, sessionLog: { status: sessionStart } };
    case 'summary':
      return { step: event.step, summary: { value: event.values.map(messageOf) } };
  }
}

const sessionStart = 1;
const stringType = 7;
const rgba = 4;

function messageOf(value: SummaryValue): Record<string, unknown> {
  const { tag } = value;
  if ('scalar' in value) return { tag, simpleValue: value.scalar };
  if ('png' in value)
    return { tag, image: { ...pngSize(value.png), colorspace: rgba, encodedImageString: value.png } };
  const tensorShape = { dim: [{ size: 1 }] };
  return {
    tag,
    tensor: { dtype: stringType, tensorShape, stringVal: [new TextEncoder().encode(value.text)] },
    metadata: { pluginData: { pluginName: 'text' } },
  };
}

/** Width and height stand behind the signature and the head of the first chunk. */
function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Length, its checksum, data, its checksum. */
function framed(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return bytes;
}

/** CRC-32C, rotated and moved on, so that a checksum of data that hold checksums is a good one. */
function maskedChecksum(data: Uint8Array): number {
  const sum = crc32c.buf(data) >>> 0;
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}
