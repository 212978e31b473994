/** What the site uses of MiniSearch, from the declarations of its release 7.2.0. */

export type SearchResult = { id: number; score: number; [stored: string]: unknown };
export type Term = (term: string, place: number, terms: string[]) => boolean | number;
export type SearchOptions = {
  boost?: Record<string, number>;
  fuzzy?: Term;
  prefix?: Term;
  weights?: { fuzzy: number; prefix: number };
  filter?: (hit: SearchResult) => boolean;
  boostTerm?: (term: string) => number;
  combineWith?: "AND" | "OR";
};

export default class MiniSearch<Document> {
  constructor(options: {
    fields: string[];
    storeFields: string[];
    tokenize: (text: string) => string[];
    processTerm: (term: string) => string | null;
  });
  addAll(documents: Document[]): void;
  search(query: string, options?: SearchOptions): SearchResult[];
}
