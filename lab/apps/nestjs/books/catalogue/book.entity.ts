// region database
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Author } from './author.entity.js';

@Entity()
@Index('book_title', ['title', 'id'])
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  title: string;

  @Column({ type: 'text', unique: true })
  isbn: string;

  @Column('text')
  published: string;

  @Column({ type: 'integer', nullable: true })
  pages: number | null;

  @ManyToOne(() => Author, (author) => author.books, { nullable: false })
  @JoinColumn({ name: 'author_id' })
  author: Relation<Author>;
}
// endregion
