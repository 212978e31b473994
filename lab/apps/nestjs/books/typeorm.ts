// region database
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { validate } from './settings.js';

/** For the command `typeorm`. */
export default new DataSource(dataSourceOptions(validate(process.env).BOOKS_DATABASE));
// endregion
