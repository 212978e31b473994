import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateCatalogue1767225600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "author" (
        "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
        "name" text NOT NULL UNIQUE
      )`,
    );
    await queryRunner.query(
      `CREATE TABLE "book" (
        "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
        "title" text NOT NULL,
        "isbn" text NOT NULL UNIQUE,
        "published" text NOT NULL,
        "pages" integer,
        "author_id" integer NOT NULL REFERENCES "author" ("id")
      )`,
    );
    await queryRunner.query(`CREATE INDEX "book_title" ON "book" ("title", "id")`);
    await queryRunner.query(`CREATE INDEX "book_author" ON "book" ("author_id")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "book"`);
    await queryRunner.query(`DROP TABLE "author"`);
  }
}
