# The tests of the wallet model.
set(MOCKRPC_MODEL_TESTS
  model/address_test.cpp
  model/instance_bad_files_test.cpp
  model/instance_files_test.cpp
  model/instance_multisig_loss_test.cpp
  model/instance_multisig_test.cpp
  model/instance_multisig_texts_test.cpp
  model/instance_queries_test.cpp
  model/instance_sync_test.cpp
  model/kex_account_test.cpp
  model/kex_message_test.cpp
  model/keys_test.cpp
  model/random_calls_test.cpp
  model/storage_test.cpp
  model/transfer_plan_test.cpp
  model/wallet_file_test.cpp
)
