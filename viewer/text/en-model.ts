/** English words of placing a building from a file; see `en.ts`. */
export const enModel = {
  placeModel: 'Place a model from a file',
  verbPlace: 'Place',
  editPlacesModel: 'Model: {name}',
  modelStarted: 'Choose a file with the model of a building.',
  modelHint:
    'glTF (.glb, .gltf), IFC or CityJSON, up to 50 MB and 20,000 surfaces. The browser reads the file: only its surfaces reach the city, without textures and without references to other addresses.',
  modelPick: 'Choose a file',
  modelReading: 'Reading {file}',
  modelReadDone: '{file} is read',
  modelFile: 'File',
  modelSize: 'Width × depth × height',
  modelFaces: 'Surfaces',
  modelKeys:
    'Drag the outline or click a place. Arrows move by 1 m, Q and E turn by 5°; with Shift by 0.1 m and 1°.',
  modelRaise: 'Raised by',
  modelFoot:
    'Height of the foot from the file: {height} m (PL-EVRF2007-NH); untick to stand it on the ground',
  modelVolume: 'Volume',
  modelUnder: 'Under the middle of the model',
  modelParcel: 'Parcel',
  modelZone: 'Plan',
  notAssessed: 'not assessed',
  modelNothing: 'There are no surfaces in the file that would make a building.',
  modelTooFar:
    'The model is {size} m large; at most {most} m. Its measures may be millimetres: write it in metres.',
  modelTooMany:
    'The model has {faces} surfaces and {corners} corners; at most {mostFaces} and {mostCorners}. Write only its outside (LOD2) or simplify the mesh.',
  modelTooLarge: 'The file has {mb} MB; at most {most} MB.',
  modelUnknown: 'This is no glTF, IFC or CityJSON.',
  modelBroken: 'The file cannot be read: {reason}.',
  modelVersion: 'This is glTF {version}; glTF 2.0 is read.',
  modelElsewhere: 'A part of the model lies outside the file ({uri}); write it as one .glb file.',
  modelPacked: 'The model is packed by {name}, which is not read; write it without compression.',
  modelNoTriangles: 'Points and lines were left out: {n}.',
  modelNoPictures: 'Textures were left out.',
  modelJoined: 'The buildings of the file ({n}) are taken as one body.',
  modelRejected: 'Objects were left out ({n}): {reason}',
  modelOutside:
    'Walls, slabs, roofs, columns, beams, windows and doors were taken from the IFC; furniture and installations were left out.',
  modelUnknownCrs:
    'The coordinate system “{name}” of the file is not known here: point at a place on the map.',
  modelElsewhereCity: 'The file puts the building outside the city: point at a place on the map.',
  areaCount: 'Count the 3D buildings within',
  areaBuildings: '{n} 3D building|{n} 3D buildings',
  areaCounted: '3D buildings',
  areaTallest: 'The tallest',
  areaOpen: 'Open bodies ({n}) are not part of the volume.',
  areaNone: 'There is no 3D building within the area.',
  areaCut:
    'More than 1,000 buildings lie in the area; the first 1,000 were counted. Order the rest as a package.',
  areaBound: 'Buildings whose middle lies within; volume of closed bodies from their lowest point.',
  buildingSaveFailed: 'The file could not be saved: {reason}',
  buildingSave: 'save the bodies to a file',
};
