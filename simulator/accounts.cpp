#include "simulator/accounts.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace polar_flow::simulator {

namespace {

/// Like Polar's tokens: 32 hexadecimal digits.
constexpr std::size_t token_bytes = 16;
constexpr std::size_t random_bytes_max = 64;

/// Used codes that are remembered, so that a second use is noticed.
constexpr std::size_t used_codes_max = 100'000;

} // namespace

std::string random_hex(std::size_t bytes) {
  std::array<unsigned char, random_bytes_max> raw{};
  bytes = std::min(bytes, raw.size());
  if (RAND_bytes(raw.data(), static_cast<int>(bytes)) != 1)
    throw std::runtime_error("OpenSSL has no random numbers");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) {
    text += digits[raw[i] >> 4];
    text += digits[raw[i] & 15];
  }
  return text;
}

accounts::accounts(std::shared_ptr<journal> lines, const std::vector<journal_entry>& earlier) {
  for (const auto& entry : earlier)
    replay(entry);
  // Set last, so that replaying writes nothing.
  journal_ = std::move(lines);
}

std::string accounts::issue_code(granted_code grant) {
  // Codes that nobody fetched would pile up otherwise.
  std::erase_if(codes_, [&](const auto& entry) {
    return grant.issued - entry.second.issued > code_lifetime;
  });
  auto code = random_hex(token_bytes);
  codes_.emplace(code, std::move(grant));
  return code;
}

std::optional<accounts::issued_token>
accounts::redeem(const std::string& code, const std::optional<std::string>& redirect_uri,
                 instant now) {
  if (const auto used = used_codes_.find(code); used != used_codes_.end()) {
    revoke_token(used->second, now);
    return std::nullopt;
  }
  const auto found = codes_.find(code);
  if (found == codes_.end())
    return std::nullopt;
  const auto& grant = found->second;
  const bool is_expired = now - grant.issued > code_lifetime;
  if (is_expired || (grant.redirect_uri && grant.redirect_uri != redirect_uri))
    return std::nullopt;
  // Long before this many codes the first ones have expired anyway.
  if (used_codes_.size() >= used_codes_max)
    used_codes_.clear();
  issued_token issued{issue_token(grant.athlete_id), grant.athlete_id};
  used_codes_.emplace(code, issued.token);
  codes_.erase(found);
  return issued;
}

std::string accounts::issue_token(std::int64_t athlete_id) {
  auto token = random_hex(token_bytes);
  owners_.emplace(token, athlete_id);
  append("token", athlete_id, token, {});
  return token;
}

std::optional<std::int64_t> accounts::owner_of(std::string_view token) const {
  const auto found = owners_.find(std::string{token});
  return found == owners_.end() ? std::nullopt : std::optional{found->second};
}

void accounts::revoke_token(const std::string& token, instant now) {
  const auto owner = owners_.find(token);
  if (owner == owners_.end())
    return;
  append("void", owner->second, token, now);
  owners_.erase(owner);
}

void accounts::revoke_tokens(std::int64_t athlete_id) {
  drop_tokens(athlete_id);
  append("revoke", athlete_id, {}, {});
}

registration_result accounts::register_user(std::int64_t athlete_id, const std::string& member_id,
                                            instant now) {
  if (registrations_.contains(athlete_id))
    return registration_result::already_registered;
  if (!member_ids_.insert(member_id).second)
    return registration_result::member_id_taken;
  registrations_.emplace(athlete_id, registration{member_id, now});
  append("register", athlete_id, member_id, now);
  return registration_result::done;
}

void accounts::deregister_user(std::int64_t athlete_id) {
  if (const auto found = registrations_.find(athlete_id); found != registrations_.end()) {
    member_ids_.erase(found->second.member_id);
    registrations_.erase(found);
  }
  drop_tokens(athlete_id);
  append("deregister", athlete_id, {}, {});
}

const registration* accounts::find_registration(std::int64_t athlete_id) const {
  const auto found = registrations_.find(athlete_id);
  return found == registrations_.end() ? nullptr : &found->second;
}

void accounts::replay(const journal_entry& entry) {
  if (entry.event == "token")
    owners_.emplace(entry.text, entry.athlete_id);
  else if (entry.event == "void")
    owners_.erase(entry.text);
  else if (entry.event == "revoke")
    drop_tokens(entry.athlete_id);
  else if (entry.event == "register")
    register_user(entry.athlete_id, entry.text, entry.when);
  else if (entry.event == "deregister")
    deregister_user(entry.athlete_id);
}

void accounts::append(const std::string& event, std::int64_t athlete_id, const std::string& text,
                      instant when) {
  if (journal_)
    journal_->append({event, athlete_id, text, when});
}

void accounts::drop_tokens(std::int64_t athlete_id) {
  std::erase_if(owners_, [&](const auto& entry) { return entry.second == athlete_id; });
}

} // namespace polar_flow::simulator
