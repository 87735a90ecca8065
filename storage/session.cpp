#include "storage/session.hpp"

#include "storage/statements.hpp"

#include <pqxx/errorhandler>
#include <pqxx/nontransaction>
#include <pqxx/prepared_statement>
#include <pqxx/transaction>

#include <vector>

namespace polar_flow::storage {

namespace {

constexpr std::string_view asyncpg_scheme = "postgresql+asyncpg://";

/// The oldest PostgreSQL whose SQL our statements keep to, as libpq counts versions.
constexpr int server_version_min = 130000;

bool is_uri(std::string_view text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

/// asyncpg calls it `ssl`, libpq `sslmode`; the values are the same words.
void rename_ssl_option(std::string& uri) {
  for (const std::string_view mark : {"?ssl=", "&ssl="})
    if (const auto found = uri.find(mark); found != std::string::npos)
      uri.replace(found + 1, 3, "sslmode");
}

struct option {
  std::string name;
  std::string value;
};

std::vector<option> own_options(const connect_options& options) {
  // Data that the peer does not acknowledge for longer than a statement may take means that the
  // peer is gone; without this a lost network blocks a worker for a quarter of an hour.
  const auto patience
      = std::chrono::milliseconds{options.connect_timeout + options.statement_timeout};
  return {{"connect_timeout", std::to_string(options.connect_timeout.count())},
          {"client_encoding", "UTF8"},
          {"fallback_application_name", "polar-flow-server"},
          {"tcp_user_timeout", std::to_string(patience.count())}};
}

} // namespace

std::string libpq_connection_string(const connect_options& options) {
  // When libpq finds an option twice, the last one counts, in both notations.
  std::string text = options.database_url;
  if (text.starts_with(asyncpg_scheme)) {
    text.replace(0, asyncpg_scheme.size(), "postgresql://");
    rename_ssl_option(text);
  }
  if (is_uri(text)) {
    char separator = text.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : own_options(options)) {
      text += separator + name + '=' + value;
      separator = '&';
    }
  } else {
    for (const auto& [name, value] : own_options(options))
      text += ' ' + name + "='" + value + '\'';
  }
  return text;
}

// -- the connection --------------------------------------------------------------------------

struct session::connection {
  explicit connection(const std::string& text) : link{text} {
    // A connection that libpqxx replaces by itself would lack our session's settings. Deprecated,
    // because its next major version replaces none.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    link.inhibit_reactivation(true);
#pragma GCC diagnostic pop
  }

  pqxx::connection link;
  /// libpqxx would print notices and errors to standard error.
  pqxx::quiet_errorhandler quiet{link};
  std::unordered_set<const statement*> prepared;
  bool is_configured = false;
};

session::session(connect_options options) : options_{std::move(options)} {
  // nop
}

session::~session() = default;

result<void> session::open() {
  return read([](transaction& tx) -> result<void> {
    tx.run(statements::ping);
    return {};
  });
}

void session::connect() {
  current_statement_ = connect_statement;
  connection_ = std::make_unique<connection>(libpq_connection_string(options_));
  if (connection_->link.server_version() < server_version_min)
    throw pqxx::failure{"PostgreSQL 13 or newer is needed"};
  const auto timeout = std::chrono::milliseconds{options_.statement_timeout};
  pqxx::nontransaction work{connection_->link};
  transaction{*this, work}.run(statements::configure_session, parameters::of(timeout.count()));
  connection_->is_configured = true;
}

// -- attempts --------------------------------------------------------------------------------

std::optional<error> session::attempt(mode how, const std::function<bool(transaction&)>& work) {
  auto problem = attempt_once(how, work);
  if (problem && may_repeat(how, *problem))
    problem = attempt_once(how, work);
  if (problem)
    return std::move(problem->problem);
  return std::nullopt;
}

std::optional<failure> session::attempt_once(mode how,
                                             const std::function<bool(transaction&)>& work) {
  is_connected_ = false;
  auto problem = guard([&] { run_in_transaction(how, work); }, current_statement_);
  const bool is_lost = connection_ != nullptr && !connection_->link.is_open();
  if (!problem) {
    // A rollback does not tell that the connection was lost, and need not: the work is undone.
    if (is_lost)
      connection_.reset();
    return std::nullopt;
  }
  problem->connection_lost = problem->connection_lost || is_lost;
  if (problem->connection_lost || (connection_ != nullptr && !connection_->is_configured))
    connection_.reset();
  return problem;
}

void session::run_in_transaction(mode how, const std::function<bool(transaction&)>& work) {
  if (connection_ == nullptr)
    connect();
  is_connected_ = true;
  if (how != mode::write) {
    pqxx::nontransaction statements{connection_->link};
    transaction tx{*this, statements};
    work(tx);
    return;
  }
  current_statement_ = "begin";
  pqxx::work statements{connection_->link};
  transaction tx{*this, statements};
  if (work(tx)) {
    current_statement_ = "commit";
    statements.commit();
  } else {
    current_statement_ = "rollback";
    statements.abort();
  }
}

bool session::may_repeat(mode how, const failure& reason) const {
  switch (how) {
  case mode::read:
    return reason.connection_lost && is_connected_;
  case mode::write:
    return reason.lost_a_race
           || (reason.connection_lost && is_connected_ && current_statement_ != "commit");
  case mode::command:
    return false;
  }
  return false;
}

std::optional<error> session::find_refusal(transaction& tx, const shard_claim& claim,
                                           const user_id& user) {
  if (claim.shard != shard_of(user))
    return error{errc::stale_epoch, "the claim is for another shard than the user's"};
  if (tx.run(statements::check_claim, parameters::of(claim.shard, claim.epoch)).empty())
    return error{errc::stale_epoch, "another owner has taken the user's shard"};
  return std::nullopt;
}

// -- transaction -----------------------------------------------------------------------------

pqxx::result transaction::run(const statement& which, const parameters& values) {
  owner_.current_statement_ = which.name;
  auto& connection = *owner_.connection_;
  if (connection.prepared.insert(&which).second)
    connection.link.prepare(which.name, which.text);
  std::vector<const char*> texts;
  texts.reserve(values.values().size());
  for (const auto& value : values.values())
    texts.push_back(value ? value->c_str() : nullptr);
  return work_.exec_prepared(which.name, pqxx::prepare::make_dynamic_params(texts));
}

void transaction::run_script(std::string_view name, const char* text) {
  owner_.current_statement_ = name;
  work_.exec(text, std::string{name});
}

} // namespace polar_flow::storage
