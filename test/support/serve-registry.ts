// The process of a registry: `serve-registry.ts CONFIG`. Sends its address to the process that started it, and ends with it.
import { runServer } from "verdaccio";

const [config = ""] = process.argv.slice(2);
const server = await runServer(JSON.parse(config));

server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());
