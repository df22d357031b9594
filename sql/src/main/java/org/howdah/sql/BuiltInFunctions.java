package org.howdah.sql;

import java.util.List;

/**
 * Functions of PostgreSQL 14 to 18 and its contrib modules that a statement cannot call and still
 * be a read.
 *
 * <p>How the lists were made: {@code SELECT proname FROM pg_proc WHERE provolatile = 'v'}, less
 * those that only read the clock, random bits, sizes or the server's own state, plus functions that
 * are declared stable but assign a transaction identifier. A test compares them with the catalogue
 * of a real server.
 */
final class BuiltInFunctions {

    private BuiltInFunctions() {}

    /** Need what an earlier statement left in the session, in ways that end with a transaction. */
    static final List<String> SESSION =
            words(
                    """
                    lo_close lo_lseek lo_lseek64 lo_open lo_tell lo_tell64 loread
                    pg_replication_origin_session_is_setup pg_replication_origin_session_progress pg_stat_clear_snapshot
                    postgres_fdw_disconnect postgres_fdw_disconnect_all postgres_fdw_get_connections
                    """);

    /** Change a setting. */
    static final List<String> SETTING = words("set_config set_limit");

    /** Take or give back advisory locks of the session. */
    static final List<String> ADVISORY =
            words(
                    """
                    pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_all pg_advisory_unlock_shared
                    pg_try_advisory_lock pg_try_advisory_lock_shared
                    """);

    /** Tell what the session drew from a sequence. */
    static final List<String> SEQUENCE = words("currval lastval");

    /** Leave something in the session that DISCARD ALL does not take away. */
    static final List<String> LASTING =
            words(
                    """
                    dblink_close dblink_connect dblink_connect_u dblink_disconnect dblink_fetch dblink_get_connections
                    dblink_open pg_replication_origin_session_reset pg_replication_origin_session_setup setseed
                    """);

    /** May create replication slots that live as long as the session. */
    static final List<String> SLOT =
            words(
                    """
                    pg_copy_logical_replication_slot pg_copy_physical_replication_slot pg_create_logical_replication_slot
                    pg_create_physical_replication_slot
                    """);

    /**
     * Write, act on the server, run a query given as text, or have their true answer on the writer
     * only.
     */
    static final List<String> WRITES =
            words(
                    """
                    autoprewarm_dump_now autoprewarm_start_worker binary_upgrade_add_sub_rel_state
                    binary_upgrade_create_empty_extension binary_upgrade_logical_slot_has_caught_up
                    binary_upgrade_replorigin_advance binary_upgrade_set_missing_value
                    binary_upgrade_set_next_array_pg_type_oid binary_upgrade_set_next_heap_pg_class_oid
                    binary_upgrade_set_next_heap_relfilenode binary_upgrade_set_next_index_pg_class_oid
                    binary_upgrade_set_next_index_relfilenode binary_upgrade_set_next_multirange_array_pg_type_oid
                    binary_upgrade_set_next_multirange_pg_type_oid binary_upgrade_set_next_pg_authid_oid
                    binary_upgrade_set_next_pg_enum_oid binary_upgrade_set_next_pg_tablespace_oid
                    binary_upgrade_set_next_pg_type_oid binary_upgrade_set_next_toast_pg_class_oid
                    binary_upgrade_set_next_toast_relfilenode binary_upgrade_set_record_init_privs brin_desummarize_range
                    brin_summarize_new_values brin_summarize_range connectby crosstab crosstab2 crosstab3 crosstab4 crosstabn
                    currtid2 cursor_to_xml cursor_to_xmlschema dblink dblink_build_sql_delete dblink_build_sql_insert
                    dblink_build_sql_update dblink_cancel_query dblink_error_message dblink_exec dblink_get_notify
                    dblink_get_pkey dblink_get_result dblink_is_busy dblink_send_query gin_clean_pending_list heap_force_freeze
                    heap_force_kill lo_creat lo_create lo_export lo_from_bytea lo_get lo_import lo_manage lo_put lo_truncate lo_truncate64
                    lo_unlink lowrite nextval pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_backup_start pg_backup_stop pg_buffercache_evict pg_buffercache_evict_all
                    pg_buffercache_evict_relation pg_cancel_backend pg_clear_attribute_stats pg_clear_relation_stats
                    pg_create_restore_point pg_current_wal_flush_lsn
                    pg_current_wal_insert_lsn pg_current_wal_lsn pg_current_xact_id pg_current_xact_id_if_assigned
                    pg_drop_replication_slot pg_export_snapshot pg_extension_config_dump pg_file_rename pg_file_sync pg_file_unlink
                    pg_file_write pg_get_sequence_data pg_import_system_collations pg_is_in_recovery pg_is_wal_replay_paused
                    pg_last_committed_xact pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp
                    pg_get_wal_replay_pause_state pg_log_backend_memory_contexts pg_log_standby_snapshot
                    pg_logdir_ls pg_logical_emit_message pg_logical_slot_get_binary_changes
                    pg_logical_slot_get_changes pg_logical_slot_peek_binary_changes pg_logical_slot_peek_changes pg_nextoid
                    pg_notify pg_prewarm pg_promote pg_reload_conf pg_replication_origin_advance pg_replication_origin_create
                    pg_replication_origin_drop pg_replication_origin_progress pg_replication_origin_xact_reset
                    pg_replication_origin_xact_setup pg_replication_slot_advance pg_restore_attribute_stats
                    pg_restore_relation_stats pg_rotate_logfile pg_rotate_logfile_old pg_safe_snapshot_blocking_pids
                    pg_sequence_last_value pg_start_backup pg_stat_force_next_flush pg_stat_reset pg_stat_reset_backend_stats
                    pg_stat_reset_replication_slot pg_stat_reset_shared pg_stat_reset_single_function_counters
                    pg_stat_reset_single_table_counters pg_stat_reset_slru pg_stat_reset_subscription_stats
                    pg_stat_statements_reset pg_stop_backup pg_stop_making_pinned_objects pg_switch_wal
                    pg_sync_replication_slots pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_terminate_backend pg_truncate_visibility_map pg_wal_replay_pause
                    pg_wal_replay_resume pg_xact_status plpgsql_call_handler plpgsql_inline_handler query_to_xml
                    query_to_xml_and_xmlschema query_to_xmlschema setval ts_rewrite ts_stat txid_current
                    txid_current_if_assigned txid_status xpath_table
                    """);

    /** Volatile by declaration, and yet any node may answer. */
    static final List<String> HARMLESS =
            words(
                    """
                    amvalidate array_sample array_shuffle bernoulli clock_timestamp current_query gen_random_uuid
                    pg_available_wal_summaries pg_blocking_pids pg_collation_actual_version pg_control_checkpoint pg_control_init
                    pg_control_recovery pg_control_system pg_current_logfile pg_database_collation_actual_version
                    pg_database_size pg_get_aios pg_get_backend_memory_contexts pg_get_loaded_modules
                    pg_get_multixact_members pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events
                    pg_get_wal_resource_managers pg_get_wal_summarizer_state pg_hba_file_rules pg_ident_file_mappings
                    pg_indexes_size pg_isolation_test_session_is_blocked pg_jit_available pg_lock_status pg_ls_archive_statusdir pg_ls_dir
                    pg_ls_logdir pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir pg_ls_summariesdir
                    pg_ls_tmpdir pg_ls_waldir pg_notification_queue_usage pg_partition_ancestors pg_partition_tree
                    pg_prepared_xact pg_read_binary_file pg_read_file pg_relation_size pg_show_all_file_settings
                    pg_show_replication_origin_status pg_sleep pg_sleep_for pg_sleep_until pg_stat_file
                    pg_stat_get_backend_io pg_stat_get_backend_wal pg_stat_get_io pg_stat_get_recovery_prefetch
                    pg_stat_get_xact_blocks_fetched pg_stat_get_xact_blocks_hit pg_stat_get_xact_function_calls
                    pg_stat_get_xact_function_self_time pg_stat_get_xact_function_total_time pg_stat_get_xact_numscans
                    pg_stat_get_xact_tuples_deleted pg_stat_get_xact_tuples_fetched pg_stat_get_xact_tuples_hot_updated
                    pg_stat_get_xact_tuples_inserted pg_stat_get_xact_tuples_newpage_updated pg_stat_get_xact_tuples_returned
                    pg_stat_get_xact_tuples_updated pg_stat_have_stats pg_stat_statements pg_stat_statements_info pg_table_size
                    pg_tablespace_size pg_total_relation_size pg_wal_summary_contents pg_xact_commit_timestamp
                    pg_xact_commit_timestamp_origin plpgsql_validator random random_normal system timeofday uuidv4 uuidv7
                    """);

    /** Words that stand before a parenthesis in SQL without being a function. */
    static final List<String> GRAMMAR =
            words(
                    """
                    columns cube cycle filter materialized operator ordinality over partition passing path recursive rollup sets within
                    """);

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
