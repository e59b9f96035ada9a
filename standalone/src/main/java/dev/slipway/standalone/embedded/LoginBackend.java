package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.Collection;

/** The backend of the stand-in, for connections that have logged in. */
final class LoginBackend extends IndexedBackend {

  private final MongoLogin login;

  LoginBackend(String password) {
    this.login = new MongoLogin(password);
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    var body = message.getDocument();
    if (body.isEmpty()) {
      throw MongoLogin.unauthorized();
    }
    var command = body.keySet().iterator().next();
    var answer = login.handle(message.getChannel(), command, body);
    return answer == null ? super.handleMessage(message) : answer;
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    var answer = login.handle(channel, command, query);
    return answer == null ? super.handleCommand(channel, database, command, query) : answer;
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    MongoLogin.require(query.getChannel());
    return super.handleQuery(query);
  }

  @Override
  public Collection<Document> getCurrentOperations(MongoQuery query) {
    MongoLogin.require(query.getChannel());
    return super.getCurrentOperations(query);
  }

  /** The library answers it without naming the connection, and no client of ours asks. */
  @Override
  public Document getServerStatus() throws MongoServerError {
    throw MongoLogin.unauthorized();
  }
}
