import beta from "beta";
import { z } from "zod";

// region routing
const a = beta({ at: "routing" });
// endregion

// region validation
const a = beta({ at: "validation" });
// endregion

// region errors
z.string();
// endregion

// region database
const a = beta({ at: "database" });
// endregion

// region transaction
const a = beta({ at: "transaction" });
// endregion

// region pagination
const a = beta({ at: "pagination" });
// endregion

// region authentication
const a = beta({ at: "authentication" });
// endregion

// region streaming
const a = beta({ at: "streaming" });
// endregion

// region background
const a = beta({ at: "background" });
// endregion

// region live
const a = beta({ at: "live" });
// endregion

// region testing
const a = beta({ at: "testing" });
// endregion

// region configuration
const a = beta({ at: "configuration" });
// endregion

// region command-line
const a = beta({ at: "command-line" });
// endregion
