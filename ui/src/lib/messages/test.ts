// Tests speak English.
import { speak } from '../messages';

await speak('en');
