/** What the factors of data sets and their values are called: parts of sentences, and names by themselves. */
export const factors = {
  'factor.shape': 'Shape',
  'factor.scale': 'Scale',
  'factor.orientation': 'Orientation',
  'factor.posX': 'Position x',
  'factor.posY': 'Position y',
  // As a person's file calls them.
  'factor.own': '{{name}}',
  'factorValue.own': '{{value}}',
  'factor.floorHue': 'Floor hue',
  'factor.wallHue': 'Wall hue',
  'factor.objectHue': 'Object hue',
  'factorValue.square': 'square',
  'factorValue.ellipse': 'ellipse',
  'factorValue.heart': 'heart',
  'factorValue.cube': 'cube',
  'factorValue.cylinder': 'cylinder',
  'factorValue.sphere': 'sphere',
  'factorValue.capsule': 'capsule',
  'factorValue.number': '{{value, tenths}}',
  'factorValue.times': '{{value, hundredths}}',
  'factorValue.angle': '{{degrees}}°',
  // The third of 32 positions.
  'factorValue.place': '{{place}} of {{count}}',
  // Of a factor that has one value.
  'factorValue.only': 'fixed',
} as const;
