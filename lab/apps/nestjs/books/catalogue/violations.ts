// region errors
import { QueryFailedError } from 'typeorm';
import type { FieldError } from '../problem.dto.js';

export const NO_AUTHOR: FieldError = {
  field: 'author_id',
  message: 'author_id must be of an author',
};
export const TAKEN: FieldError = { field: 'isbn', message: 'isbn must be of no other book' };

/** What is wrong with a book that only the database knows. */
export function violationOf(error: unknown): FieldError | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  if (error.driverError.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return NO_AUTHOR;
  if (error.driverError.code === 'SQLITE_CONSTRAINT_UNIQUE') return TAKEN;
  return undefined;
}
// endregion
