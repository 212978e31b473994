"""How much of a package's public interface a type checker knows the types of."""
