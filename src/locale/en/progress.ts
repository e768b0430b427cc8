/** What is under way until a run can be trained. */
export const progress = {
  lookingAround: 'Looking at this machine…',
  startingTfjs: 'Loading…',
  buildingNetworks: 'Building the networks…',
  openingGpu: 'Opening the GPU…',
  preparing: 'Preparing…',
  compilingShaders: 'Compiling shaders…',
  drawingPictures: 'Drawing the first pictures…',
} as const;
