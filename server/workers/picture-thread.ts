/** What runs in a thread that makes pictures. */
import { makePicture, type PictureOrder } from '../../tiles/picture/picture-maker.ts';
import { ownBytes } from './own-bytes.ts';
import { serveTasks } from './serve-tasks.ts';

serveTasks((order: PictureOrder, isWanted) => ownBytes(makePicture(order, isWanted)));
