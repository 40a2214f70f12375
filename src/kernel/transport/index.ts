/** ZeroMQ: a connection file in, frames of bytes in and out. */
export { Channels, type ChannelHandlers, type RequestChannel } from "./channels.js";
export { endpoint, parseConnection, type Connection, type SocketName } from "./connection-file.js";
